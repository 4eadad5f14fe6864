package dev.cardvault.sequencer;

import dev.cardvault.ledger.Checkpoint;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the log, which holds the events of all tenants, can be proven.
 *
 * @param sequenced whether each event that was asked about has its place
 * @param size how many places it has
 * @param signedSize how many of them the newest checkpoint covers; {@code null} before the first
 * @param signedAt when that was signed
 * @param stopped why it takes no more events; {@code null} as long as it does
 * @param anchors what was told to somebody outside
 */
@RegisterForReflection
public record LogStanding(
    boolean sequenced,
    long size,
    @Nullable Long signedSize,
    @Nullable Instant signedAt,
    @Nullable String stopped,
    List<Anchored> anchors) {

  public LogStanding {
    anchors = List.copyOf(anchors);
  }

  /**
   * The newest checkpoint that was kept somewhere outside.
   *
   * @param anchor where
   * @param size how many places it covers
   * @param at when it was kept
   */
  @RegisterForReflection
  public record Anchored(String anchor, long size, Instant at) {}

  /**
   * As it is now, for the events of the transaction's tenant from {@code from} up to {@code to}.
   */
  public static LogStanding of(Connection connection, Instant from, Instant to)
      throws SQLException {
    // In this order: each statement sees a newer log, and no more is kept outside than was signed,
    // no more signed than has its place.
    List<Anchored> anchors = CheckpointStore.anchored(connection);
    Optional<CheckpointStore.Signed> newest = CheckpointStore.newest(connection);
    LogHead head = HeadStore.read(connection);
    return new LogStanding(
        !EventSource.isWaiting(connection, head, from, to),
        head.size(),
        newest.map(signed -> Checkpoint.of(signed.note()).size()).orElse(null),
        newest.map(CheckpointStore.Signed::at).orElse(null),
        head.halted(),
        anchors);
  }
}
