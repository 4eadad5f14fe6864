package dev.cardvault.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Asterisk with a dialplan of the test's own, and calls that it makes to itself. */
public final class Asterisk implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(30);

  private static final List<String> MODULES =
      List.of(
          "pbx_config",
          "res_clioriginate",
          "res_speech",
          "res_agi",
          "res_timing_timerfd",
          "app_senddtmf",
          "app_stack",
          "app_verbose",
          "format_gsm",
          "codec_gsm",
          "codec_ulaw");

  private final Path root;
  private final Path folder;
  private final Process process;

  /** Starts it in {@code folder}, with {@code dialplan} as its {@code extensions.conf}. */
  public Asterisk(Path program, Path folder, String dialplan) {
    this.root = program.resolve("../../..").normalize();
    this.folder = folder;
    try {
      for (String name : List.of("etc", "run", "log", "spool", "db", "var")) {
        Files.createDirectories(folder.resolve(name));
      }
      write("asterisk.conf", directories());
      write("modules.conf", "[modules]\nautoload = no\n" + modules());
      write(
          "logger.conf",
          "[logfiles]\nconsole => notice,warning,error\nmessages => verbose,error\n");
      write("extensions.conf", dialplan);
      process =
          command(program.toString(), "-C", configuration(), "-f", "-T")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("out").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Eventually.await("Asterisk", START, () -> said("Asterisk Ready"));
  }

  /** Where it is installed; nothing when it is not. {@code tools/asterisk/fetch} gets one. */
  public static Optional<Path> program() {
    String cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .orElse(System.getProperty("user.home") + "/.cache");
    return Stream.of(
            Path.of(cache, "cardvault", "asterisk", "usr", "sbin", "asterisk"),
            Path.of("/usr/sbin/asterisk"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Makes a call from {@code s@caller} to {@code s@context}. */
  public void call(String context) {
    try {
      Process cli =
          command(
                  root.resolve("usr/sbin/asterisk").toString(),
                  "-C",
                  configuration(),
                  "-rx",
                  "channel originate Local/s@" + context + " extension s@caller")
              .redirectErrorStream(true)
              .start();
      String said = new String(cli.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (cli.waitFor() != 0 || said.contains("No such command")) {
        throw new IllegalStateException(said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What it wrote into its log: what the dialplan said by {@code Verbose}, and errors. */
  public String log() {
    try {
      Path log = folder.resolve("log/messages");
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean said(String text) {
    try {
      if (!process.isAlive()) {
        throw new AssertionError(Files.readString(folder.resolve("out")));
      }
      return Files.readString(folder.resolve("out")).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String configuration() {
    return folder.resolve("etc/asterisk.conf").toString();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve("etc").resolve(name), text);
  }

  private String directories() {
    StringBuilder text = new StringBuilder("[directories]\n");
    Map.of(
            "astetcdir", folder.resolve("etc"),
            "astmoddir", root.resolve("usr/lib/asterisk/modules"),
            "astvarlibdir", root.resolve("usr/share/asterisk"),
            "astdatadir", root.resolve("usr/share/asterisk"),
            "astdbdir", folder.resolve("db"),
            "astkeydir", folder.resolve("var"),
            "astagidir", folder.resolve("var"),
            "astspooldir", folder.resolve("spool"),
            "astrundir", folder.resolve("run"),
            "astlogdir", folder.resolve("log"))
        .forEach((name, path) -> text.append(name).append(" => ").append(path).append('\n'));
    return text.append("[options]\ndocumentation_language = en_US\n").toString();
  }

  private static String modules() {
    StringBuilder text = new StringBuilder();
    MODULES.forEach(module -> text.append("load = ").append(module).append(".so\n"));
    return text.toString();
  }

  private ProcessBuilder command(String... words) {
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    if (!root.equals(Path.of("/"))) {
      builder
          .environment()
          .put(
              "LD_LIBRARY_PATH",
              root
                  + "/usr/lib/x86_64-linux-gnu:"
                  + root
                  + "/lib/x86_64-linux-gnu:"
                  + root
                  + "/usr/lib");
    }
    return builder;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
