package dev.cardvault.embedded;

import dev.cardvault.ops.ExitCode;
import dev.cardvault.ops.StartRefused;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs Postgres' programs, as root too: within a user namespace they are nobody in particular. */
final class Programs {

  private static final List<String> AS_NOBODY = List.of("unshare", "--user");

  private final PostgresBinaries binaries;
  private final Path output;
  private final boolean root;

  /**
   * Runs {@code binaries}.
   *
   * @param output what they say is added to this file
   */
  Programs(PostgresBinaries binaries, Path output) {
    this.binaries = binaries;
    this.output = output;
    this.root = System.getProperty("user.name").equals("root");
  }

  /** The words that run a program. */
  List<String> command(String program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (root) {
      command.addAll(AS_NOBODY);
    }
    command.add(binaries.program(program));
    command.addAll(arguments);
    return command;
  }

  /**
   * Runs a program to its end.
   *
   * @throws StartRefused when it failed
   */
  void run(String program, List<String> arguments) {
    runWithInput(program, arguments, "");
  }

  /** The same, with something to read. */
  void runWithInput(String program, List<String> arguments, String input) {
    try {
      Process process =
          new ProcessBuilder(command(program, arguments))
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(output.toFile()))
              .start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      if (process.waitFor() != 0) {
        throw new StartRefused(ExitCode.FAILED, failure(program));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefused(ExitCode.FAILED, failure(program));
    }
  }

  private String failure(String program) {
    String asRoot =
        root
            ? " It refuses to run as root, so it needs a user namespace; where root may make none, start as another user."
            : "";
    return "The embedded Postgres' %s failed; %s says why.%s".formatted(program, output, asRoot);
  }
}
