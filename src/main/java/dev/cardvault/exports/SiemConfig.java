package dev.cardvault.exports;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A collector of security events, which is sent the audit log of all tenants as it grows: syslog
 * (RFC 5424) over TLS (RFC 5425).
 */
@ConfigMapping(prefix = "cardvault.siem")
public interface SiemConfig {

  /** Its host and port, like {@code siem.example.com:6514}; nothing is sent without. */
  Optional<String> address();

  /** What a message looks like: {@code cef} or {@code ocsf}. */
  @WithDefault("cef")
  ExportFormat format();

  /**
   * A PEM file of the certificate authority that its certificate comes from; by default the JDK's.
   */
  Optional<Path> trust();

  /** A PKCS #12 file with the certificate and key to show it, where it wants one. */
  Optional<Path> identity();

  /** That file's password. */
  Optional<String> identityPassword();

  /** How often a node looks for new events. */
  @WithDefault("1s")
  Duration poll();

  /**
   * How long the connection has to hold after an event was sent before that counts as having
   * arrived: syslog has no answers. What was sent since is sent again after an interruption.
   */
  @WithDefault("5s")
  Duration settle();
}
