package dev.cardvault.faults;

/**
 * One call of a client, and how it ended.
 *
 * @param kind what was asked
 * @param number the card it was about
 * @param token the token sent; empty for a tokenization
 * @param reference what the call named itself by: the order of a reveal, the idempotency key else
 * @param start when it was sent, in nanoseconds of {@link System#nanoTime}
 * @param end when the answer was there
 * @param answer what came back
 */
record Call(
    Kind kind, String number, String token, String reference, long start, long end, Answer answer) {

  enum Kind {
    TOKENIZE,
    DETOKENIZE
  }

  /** A token was acknowledged, or a PAN left. */
  boolean acknowledged() {
    return answer.succeeded();
  }

  /** The token this call proves to exist. */
  String provenToken() {
    return kind == Kind.TOKENIZE ? answer.field("token") : token;
  }
}
