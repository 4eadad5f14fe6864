package dev.cardvault.ops;

import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.sequencer.LogExport;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.Dependent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** Writes the audit log into a folder for whoever checks it. */
@Dependent
class AuditExport implements QuarkusApplication {

  private final LogExport export;

  AuditExport(LogExport export) {
    this.export = export;
  }

  @Override
  public int run(String... arguments) {
    Path folder = Path.of(arguments[0]);
    try {
      Optional<Checkpoint> upTo = export.write(folder);
      if (upTo.isEmpty()) {
        System.err.println("The log was never signed; nothing was written.");
        return ExitCode.FAILED.status();
      }
      System.out.println("%,d leaves".formatted(upTo.get().size()));
      return ExitCode.DONE.status();
    } catch (FileAlreadyExistsException there) {
      System.err.println("The folder is there already; nothing was changed.");
      return ExitCode.EXISTS.status();
    } catch (IOException | UncheckedIOException | SQLException | ProblemException failed) {
      System.err.println("The log could not be written: " + failed.getMessage());
      return ExitCode.FAILED.status();
    }
  }
}
