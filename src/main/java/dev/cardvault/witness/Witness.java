package dev.cardvault.witness;

import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.ledger.Cosignature;
import dev.cardvault.ledger.Hash;
import dev.cardvault.ledger.NoteKey;
import dev.cardvault.ledger.Proofs;
import dev.cardvault.ledger.TreeHash;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Signs a checkpoint if it continues the last one of its log, and remembers it first. */
final class Witness {

  private final WitnessKey key;
  private final WitnessMemory memory;
  private final List<NoteKey> logs;
  private final Clock clock;

  /**
   * A witness of those logs.
   *
   * @param logs their public keys, by whose names it knows them
   */
  Witness(WitnessKey key, WitnessMemory memory, List<NoteKey> logs, Clock clock) {
    this.key = key;
    this.memory = memory;
    this.logs = List.copyOf(logs);
    this.clock = clock;
  }

  /** Answers a request with that body. One at a time: looking and remembering are one step. */
  synchronized Reply add(String body) throws IOException {
    Submission asked;
    try {
      asked = Submission.parse(body);
    } catch (IllegalArgumentException malformed) {
      return Reply.malformed();
    }
    Checkpoint checkpoint = asked.checkpoint();
    if (logs.stream().noneMatch(log -> log.name().equals(checkpoint.origin()))) {
      return Reply.unknownLog();
    }
    if (!isSigned(asked)) {
      return Reply.unsigned();
    }
    Optional<Checkpoint> last = memory.last(checkpoint.origin());
    long size = last.map(Checkpoint::size).orElse(0L);
    if (asked.oldSize() != size) {
      return Reply.otherSize(size);
    }
    Hash root = last.map(Checkpoint::root).orElse(new TreeHash().empty());
    if (size == checkpoint.size() && !root.equals(checkpoint.root())) {
      return Reply.otherRoot();
    }
    if (!Proofs.extend(size, root, checkpoint.size(), checkpoint.root(), asked.proof())) {
      return Reply.inconsistent();
    }
    memory.remember(asked.note(), checkpoint.origin());
    long now = clock.instant().getEpochSecond();
    byte[] signature = key.sign(Cosignature.message(now, checkpoint.text()));
    return Reply.signed(Cosignature.of(key.key(), now, signature).line());
  }

  private boolean isSigned(Submission asked) {
    try {
      return Checkpoint.isSigned(asked.note(), logs);
    } catch (IllegalArgumentException forged) {
      return false;
    }
  }
}
