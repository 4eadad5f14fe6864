package dev.cardvault.ops;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** How the service is tried out. */
@ConfigMapping(prefix = "cardvault.ops")
interface OpsConfig {

  /**
   * The file for the credentials of a tenant called {@code demo}, made where it is missing. The
   * profiles {@code embedded} and {@code dev} set it to {@code credentials.json} in {@code
   * CARDVAULT_DATA}; production refuses it.
   */
  Optional<Path> demo();
}
