package dev.cardvault.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How much of a card an answer shows. Ordered by nothing: a client's policy lists the levels it may
 * use.
 */
public enum RevealLevel {
  /** All digits. */
  FULL,
  /** Dots and the last four. */
  MASKED,
  /** The last four digits. */
  LAST4,
  /** The BIN and the last four (PCI DSS 3.4.1 allows no more to be displayed). */
  BIN_LAST4,
  /** The expiry alone. */
  EXPIRY;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** As it stands in the API. */
  public String code() {
    return code;
  }

  /** The level of that code. */
  public static Optional<RevealLevel> ofCode(String code) {
    return List.of(values()).stream().filter(l -> l.code.equals(code)).findFirst();
  }

  /** Whether the PAN has to be opened to answer. */
  public boolean opensPan() {
    return this == FULL || this == BIN_LAST4;
  }
}
