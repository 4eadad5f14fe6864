package dev.cardvault.exports;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Where exports of the audit log are kept. */
@ConfigMapping(prefix = "cardvault.exports")
public interface ExportsConfig {

  /** A folder for exports; one that all nodes share, so that each can hand them out. */
  @WithDefault("${CARDVAULT_DATA:data}/exports")
  Path folder();

  /** How long an export can be downloaded. */
  @WithDefault("7d")
  Duration kept();
}
