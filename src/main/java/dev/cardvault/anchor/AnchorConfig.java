package dev.cardvault.anchor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where checkpoints of the audit log are kept outside the database. */
@ConfigMapping(prefix = "cardvault.audit-anchor")
public interface AnchorConfig {

  /**
   * A file to which checkpoints are appended: on storage that the database's owner cannot write,
   * append-only where the file system can do that. Read at the start: a log that lacks what stands
   * there is not served.
   */
  Optional<Path> file();

  /** A system log that takes RFC 5424 lines, as {@code host:port}. */
  Optional<String> syslog();

  /** How the system log is spoken to: {@code tls}, {@code tcp} or {@code udp}. */
  @WithDefault("tls")
  Protocol syslogProtocol();

  /**
   * The submission prefix of a witness (C2SP tlog-witness): its address up to {@code
   * /add-checkpoint}.
   */
  Optional<String> witnessUrl();

  /** The witness's public key: {@code name+id+key}. */
  Optional<String> witnessKey();

  /** How often the newest checkpoint is kept. */
  @WithDefault("1m")
  Duration every();

  /** How a system log is spoken to. */
  enum Protocol {
    TLS,
    TCP,
    UDP
  }
}
