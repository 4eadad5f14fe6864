package dev.cardvault.api;

import dev.cardvault.sessions.Secret;

/**
 * What an agent's screen gets for the link code.
 *
 * @param deskSecret watches, and asks for fields again
 */
record LinkedAnswer(String deskSecret) {

  static LinkedAnswer of(Secret desk) {
    return new LinkedAnswer(desk.reveal());
  }

  /** Never prints what it holds. */
  @Override
  public String toString() {
    return "LinkedAnswer[redacted]";
  }
}
