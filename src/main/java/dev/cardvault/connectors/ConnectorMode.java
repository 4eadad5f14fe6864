package dev.cardvault.connectors;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whose cards come in. */
public enum ConnectorMode {
  /** Callers' cards. */
  LIVE,
  /** Published test cards, and no others: a platform that is being tried out sends no real one. */
  TEST;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** As the API and the database write it. */
  public String code() {
    return code;
  }

  /** The mode of that code. */
  public static Optional<ConnectorMode> ofCode(String code) {
    return List.of(values()).stream().filter(mode -> mode.code.equals(code)).findFirst();
  }
}
