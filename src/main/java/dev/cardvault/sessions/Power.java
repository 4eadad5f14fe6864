package dev.cardvault.sessions;

import java.util.Optional;
import java.util.stream.Stream;

/** What a secret of a capture lets its holder do. None of them shows a digit. */
public enum Power {
  /** Append keys, and say that the caller hung up. */
  KEYS("cvk_"),
  /** Watch. */
  OBSERVE("cvo_"),
  /** Watch, and ask for fields again: an agent's screen that gave the link code. */
  DESK("cvd_");

  private final String prefix;

  Power(String prefix) {
    this.prefix = prefix;
  }

  /** What its secrets begin with, so that scanners for leaked secrets know them. */
  String prefix() {
    return prefix;
  }

  /** The power that {@code secret} claims to give. */
  public static Optional<Power> claimedBy(String secret) {
    return Stream.of(values()).filter(power -> secret.startsWith(power.prefix)).findFirst();
  }
}
