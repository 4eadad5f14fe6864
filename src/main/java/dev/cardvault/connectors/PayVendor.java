package dev.cardvault.connectors;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whose pay connector it is: nearly one contract, in three accents. */
public enum PayVendor {
  TWILIO,
  TELNYX,
  SIGNALWIRE;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** As the API and the database write it. */
  public String code() {
    return code;
  }

  /** Whether it reads a failure from the HTTP status; the others want 200 and an error code. */
  public boolean tellsFailureByStatus() {
    return this == SIGNALWIRE;
  }

  /** The vendor of that code. */
  public static Optional<PayVendor> ofCode(String code) {
    return List.of(values()).stream().filter(vendor -> vendor.code.equals(code)).findFirst();
  }
}
