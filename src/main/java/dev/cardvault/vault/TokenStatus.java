package dev.cardvault.vault;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a token is in its life. */
public enum TokenStatus {
  ACTIVE,
  SUSPENDED,
  /** Its time has run out; told by the clock, never stored. */
  EXPIRED,
  /** Its card is gone for good. */
  ERASED;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** As it stands in the API and the database. */
  public String code() {
    return code;
  }

  /** The status of that code. */
  public static Optional<TokenStatus> ofCode(String code) {
    return List.of(values()).stream().filter(s -> s.code.equals(code)).findFirst();
  }
}
