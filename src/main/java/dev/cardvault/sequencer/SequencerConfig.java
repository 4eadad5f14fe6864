package dev.cardvault.sequencer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How the audit log gets its proofs. */
@ConfigMapping(prefix = "cardvault.audit-log")
public interface SequencerConfig {

  /**
   * Whether this node may give events their places. One node does so at a time; the others stand
   * by. Where none may, the log falls behind and detokenizing stops after {@link #mostLag}.
   */
  @WithDefault("true")
  boolean sequencer();

  /**
   * The log's name in its checkpoints: a host name and path without {@code https://}, such as
   * {@code vault.example.com/audit-log}. The same on all nodes. By default a name made of the
   * database's own log id.
   */
  Optional<String> origin();

  /** How many events get their places in one transaction, at the most. */
  @WithDefault("4096")
  int together();

  /** How often is looked for new events while there are none. */
  @WithDefault("100ms")
  Duration poll();

  /** After how much silence of the node that sequences another one takes its turn. */
  @WithDefault("3s")
  Duration lease();

  /** How often a checkpoint is signed while the log grows. */
  @WithDefault("1s")
  Duration checkpointEvery();

  /** How often a checkpoint is signed while it does not. */
  @WithDefault("10m")
  Duration checkpointAtLeast();

  /** For how long after a rotation of the signing key its last version signs as well. */
  @WithDefault("30d")
  Duration bothSignatures();

  /** How long an event may wait for its place before no more PANs are shown. */
  @WithDefault("15m")
  Duration mostLag();
}
