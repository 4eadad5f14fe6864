package dev.cardvault.exports;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Where exports lie, until they are old. */
@ApplicationScoped
class ExportFiles {

  private static final Logger LOG = Logger.getLogger(ExportFiles.class);
  private static final String PREFIX = "audit-";

  private final ExportsConfig config;
  private final Clock clock;

  ExportFiles(ExportsConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /** The file of a job's export. */
  Path of(UUID job, ExportFormat format) {
    return config.folder().resolve(PREFIX + job + "." + format.code());
  }

  @Scheduled(every = "1h", delayed = "4m")
  void deleteOld() {
    Instant oldest = clock.instant().minus(config.kept());
    if (!Files.isDirectory(config.folder())) {
      return;
    }
    try (Stream<Path> files = Files.list(config.folder())) {
      for (Path file : files.filter(ExportFiles::isOurs).toList()) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      LOG.warnf("Old exports could not be deleted: %s", e.getClass().getName());
    }
  }

  private static boolean isOurs(Path file) {
    return file.getFileName().toString().startsWith(PREFIX);
  }
}
