package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cardvault.testing.ServiceNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The audit log as an assessor gets it: written by audit-export, checked by audit-verify. */
final class ExportedLog {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path folder;

  private ExportedLog(Path folder) {
    this.folder = folder;
  }

  /** What the stage's database holds now. */
  static ExportedLog of(Stage stage) {
    try {
      Path folder = Files.createTempDirectory("cardvault-log").resolve("log");
      ServiceNode command = stage.command("audit-export", folder.toString());
      assertEquals(0, command.awaitExit(LIMIT), command.log() + command.errors());
      return new ExportedLog(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder() {
    return folder;
  }

  /** What audit-verify says of it. */
  Said verify(Path... anchors) {
    List<String> arguments = new ArrayList<>(List.of("audit-verify", folder.toString()));
    arguments.addAll(List.of("--key", folder.resolve("key").toString()));
    for (Path anchor : anchors) {
      arguments.addAll(List.of("--anchor", anchor.toString()));
    }
    ServiceNode command = ServiceNode.with().arguments(arguments.toArray(String[]::new)).launch();
    int status = command.awaitExit(LIMIT);
    return new Said(status, command.log() + command.errors());
  }

  /** An exit status, and the words that went with it. */
  record Said(int status, String text) {}
}
