package dev.cardvault.api;

import dev.cardvault.alerts.Decoy;
import java.time.Instant;
import java.util.List;

/**
 * All decoys.
 *
 * @param data oldest first
 */
record DecoysAnswer(List<Entry> data) {

  static DecoysAnswer of(List<Decoy> decoys) {
    return new DecoysAnswer(decoys.stream().map(Entry::of).toList());
  }

  /** A decoy; see {@link Decoy}. */
  record Entry(String tokenId, String object, String note, Instant createdAt, String createdBy) {

    static Entry of(Decoy decoy) {
      return new Entry(
          "tok_" + decoy.token(), "decoy", decoy.note(), decoy.createdAt(), decoy.createdBy());
    }
  }
}
