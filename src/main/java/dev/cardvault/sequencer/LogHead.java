package dev.cardvault.sequencer;

import dev.cardvault.ledger.Hash;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the database says of the log as a whole.
 *
 * @param logId tells it from all other logs
 * @param size how many leaves it has
 * @param root of their tree
 * @param sequencedAt when the last one got its place
 * @param nextTx events of transactions before this one have their places
 * @param epoch rises with each node that takes its turn
 * @param free whether nobody holds it now
 * @param halted why nobody may go on
 */
record LogHead(
    UUID logId,
    long size,
    Hash root,
    Instant sequencedAt,
    String nextTx,
    long epoch,
    boolean free,
    @Nullable String halted) {

  /** The log's name. */
  String origin(SequencerConfig config) {
    return config.origin().orElse("cardvault-audit-log/" + logId);
  }
}
