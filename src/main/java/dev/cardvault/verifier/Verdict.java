package dev.cardvault.verifier;

/**
 * What was checked and found in order.
 *
 * @param leaves how many leaves
 * @param hidden how many of them could not be read, only their hashes
 * @param words how many events' words were held against their commitments
 * @param checkpoints how many signed checkpoints
 * @param anchors how many of those were kept outside
 */
public record Verdict(long leaves, long hidden, long words, long checkpoints, long anchors) {

  /** In a sentence. */
  public String text() {
    return "good: %,d leaves (%,d hidden), words of %,d events, %,d checkpoints, %,d anchors"
        .formatted(leaves, hidden, words, checkpoints, anchors);
  }
}
