package dev.cardvault.sequencer;

import dev.cardvault.anchor.Anchors;
import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.ledger.Hash;
import dev.cardvault.ledger.Tree;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Whether the log in the database is the one that was signed and told to others. */
final class LogCheck {

  private LogCheck() {}

  /**
   * What is wrong; nothing when all agrees.
   *
   * @param anchors remember this log as well
   */
  static Optional<String> contradiction(
      Connection connection, SequencerConfig config, Anchors anchors) throws SQLException {
    // Before the head: the log may grow meanwhile, and be signed and anchored.
    Optional<CheckpointStore.Signed> newest = CheckpointStore.newest(connection);
    List<Checkpoint> anchored = anchors.newest(HeadStore.read(connection).origin(config));
    LogHead head = HeadStore.read(connection);
    if (!root(connection, head.size()).equals(head.root())) {
      return Optional.of("the tiles do not have the root that the log had when it last grew");
    }
    if (newest.isPresent()) {
      Checkpoint signed = Checkpoint.of(newest.get().note());
      if (!agrees(connection, head, signed)) {
        return Optional.of("the log is not the one of its newest checkpoint, " + signed.size());
      }
    }
    for (Checkpoint remembered : anchored) {
      if (!agrees(connection, head, remembered)) {
        return Optional.of(
            "the log has %d leaves and is not the one of %d leaves that was anchored"
                .formatted(head.size(), remembered.size()));
      }
    }
    return Optional.empty();
  }

  private static boolean agrees(Connection connection, LogHead head, Checkpoint checkpoint)
      throws SQLException {
    return checkpoint.size() <= head.size()
        && root(connection, checkpoint.size()).equals(checkpoint.root());
  }

  private static Hash root(Connection connection, long size) throws SQLException {
    return new Tree<>(size, LeafStore.tiles(connection)).root();
  }
}
