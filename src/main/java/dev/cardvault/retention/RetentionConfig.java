package dev.cardvault.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** How long the audit log is kept, and where. */
@ConfigMapping(prefix = "cardvault.retention")
public interface RetentionConfig {

  /**
   * A folder for the archives of old months, which all nodes share; best one that cannot be written
   * to twice. Without it every month stays in the database.
   */
  Optional<Path> folder();

  /** How many whole months stay in the database (PCI DSS 10.5.1 asks for three). */
  @WithDefault("3")
  int online();

  /**
   * How many months an archive is kept, from its month's end on (PCI DSS 10.5.1 asks for twelve).
   */
  @WithDefault("13")
  int kept();
}
