package dev.cardvault.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A Vault as a process of this machine, its storage in a folder of its own. */
abstract class VaultProcess implements VaultServer {

  // Kept through its restarts, so it cannot be left to chance each time.
  private final int port = Ports.free();
  private final Path folder = newFolder();
  private @Nullable Process process;

  VaultProcess() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
  }

  @Override
  public String address() {
    return "http://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  Path folder() {
    return folder;
  }

  /** Runs {@code command} until it is stopped. */
  Process run(List<String> command) {
    try {
      Process started =
          new ProcessBuilder(command)
              .redirectError(folder.resolve("log").toFile())
              .directory(folder.toFile())
              .start();
      process = started;
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void freeze() {
    Signals.freeze(pid());
  }

  @Override
  public void thaw() {
    Signals.thaw(pid());
  }

  private long pid() {
    return Objects.requireNonNull(process, "It is not running").pid();
  }

  @Override
  public void close() {
    kill();
  }

  @Override
  public void stop() {
    Process running = process;
    if (running != null) {
      running.destroy();
      running.onExit().join();
    }
  }

  @Override
  public void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      running.onExit().join();
    }
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("cardvault-vault");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The key server of {@code tools/key-server}. */
  static final class Built extends VaultProcess {

    private static final String ROOT_TOKEN = "root";

    private final String binary;
    private String unsealKey = "";

    Built(String binary) {
      this.binary = binary;
    }

    @Override
    public String rootToken() {
      return ROOT_TOKEN;
    }

    @Override
    public String unsealKey() {
      return unsealKey;
    }

    @Override
    public void start() {
      List<String> command =
          new ArrayList<>(
              List.of(
                  binary,
                  "-listen",
                  "127.0.0.1:" + port(),
                  "-storage-dir",
                  folder().resolve("storage").toString(),
                  "-exit-with-stdin"));
      if (unsealKey.isEmpty()) {
        command.addAll(List.of("-root-token", ROOT_TOKEN));
      } else {
        command.addAll(List.of("-unseal-key", unsealKey));
      }
      JsonNode told = firstLine(run(command));
      if (unsealKey.isEmpty()) {
        unsealKey = told.path("unseal_keys").path(0).asText();
      }
    }

    private static JsonNode firstLine(Process process) {
      try {
        BufferedReader out =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null) {
          throw new IllegalStateException("The key server did not start");
        }
        return new ObjectMapper().readTree(line);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A {@code vault} or {@code bao} that is installed. */
  static final class Installed extends VaultProcess {

    private final String binary;
    private final VaultOperator operator = new VaultOperator();

    Installed(String binary) {
      this.binary = binary;
    }

    @Override
    public String rootToken() {
      return operator.rootToken();
    }

    @Override
    public String unsealKey() {
      return operator.unsealKey();
    }

    @Override
    public void start() {
      Path config = folder().resolve("config.hcl");
      String text =
          """
          storage "file" { path = "%s" }
          listener "tcp" {
            address     = "127.0.0.1:%d"
            tls_disable = true
          }
          api_addr      = "%s"
          disable_mlock = true
          """
              .formatted(folder().resolve("storage"), port(), address());
      try {
        Files.writeString(config, text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Process started = run(List.of(binary, "server", "-config=" + config));
      operator.open(address(), started::isAlive);
    }
  }
}
