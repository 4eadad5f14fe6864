package dev.cardvault.sequencer;

import dev.cardvault.keys.KeyServer;
import dev.cardvault.keys.LogKey;
import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.ledger.Note;
import dev.cardvault.ledger.NoteKey;
import dev.cardvault.ledger.NoteSignature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Signs checkpoints with the newest key, and for a time with the one before it. */
final class LogSigner {

  private final KeyServer server;
  private final Duration both;

  /** Signs by {@code server}, with two keys for as long as {@code both} after a rotation. */
  LogSigner(KeyServer server, Duration both) {
    this.server = server;
    this.both = both;
  }

  /**
   * Which of {@code used} sign at {@code now}, newest first.
   *
   * @param used all that ever signed and from when on, oldest first
   */
  List<LogKey> signing(List<LogKey> used, Instant now) {
    LogKey newest = used.get(used.size() - 1);
    boolean rotatedLately = newest.createdAt().plus(both).isAfter(now);
    return used.size() > 1 && rotatedLately
        ? List.of(newest, used.get(used.size() - 2))
        : List.of(newest);
  }

  /** The checkpoint with the signatures of {@code keys}. */
  CompletionStage<Note> sign(Checkpoint checkpoint, List<LogKey> keys) {
    byte[] message = checkpoint.text().getBytes(StandardCharsets.UTF_8);
    List<CompletableFuture<NoteSignature>> signatures = new ArrayList<>();
    for (LogKey key : keys) {
      NoteKey name = NoteKey.ofLog(checkpoint.origin(), key.publicKey());
      signatures.add(
          server
              .signLog(key.version(), message)
              .thenApply(signature -> NoteSignature.of(name, signature))
              .toCompletableFuture());
    }
    return CompletableFuture.allOf(signatures.toArray(CompletableFuture[]::new))
        .thenApply(
            all ->
                checked(
                    new Note(
                        checkpoint.text(),
                        signatures.stream().map(CompletableFuture::join).toList()),
                    checkpoint.origin(),
                    keys));
  }

  // A signature nobody could check would be worse than none.
  private static Note checked(Note note, String origin, List<LogKey> keys) {
    List<NoteKey> names = keys.stream().map(key -> NoteKey.ofLog(origin, key.publicKey())).toList();
    if (note.signers(names).size() != keys.size()) {
      throw new IllegalArgumentException("The key server signed with another key");
    }
    return note;
  }
}
