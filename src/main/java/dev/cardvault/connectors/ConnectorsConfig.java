package dev.cardvault.connectors;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Telephony platforms that hand over cards. */
@ConfigMapping(prefix = "cardvault.connectors")
public interface ConnectorsConfig {

  /** Where platforms reach this service; it begins the addresses that a new connector is told. */
  @WithDefault("https://localhost:8443")
  String publicUrl();
}
