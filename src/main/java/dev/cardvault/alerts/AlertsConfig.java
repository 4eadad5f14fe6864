package dev.cardvault.alerts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the audit log is followed. */
@ConfigMapping(prefix = "cardvault.alerts")
public interface AlertsConfig {

  /** How often a node looks for new events; an alert follows its event within this and a second. */
  @WithDefault("500ms")
  Duration poll();

  /** How long the node that follows the log may be silent before another one takes over. */
  @WithDefault("10s")
  Duration lease();
}
