package dev.cardvault.capture;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a caller is asked to key. */
public enum Field {
  /** The card's number, 12 to 19 digits. */
  PAN(19),
  /** The month the card is good through, as MMYY. */
  EXPIRY(4),
  /** The three or four digits printed on the card. */
  SECURITY_CODE(4),
  /** The holder's postal code, 1 to 10 digits. */
  POSTAL_CODE(10);

  private final int longest;
  private final String code = name().toLowerCase(Locale.ROOT);

  Field(int longest) {
    this.longest = longest;
  }

  /** The most digits it may have. */
  int longest() {
    return longest;
  }

  /** As it stands in the API: lower case. */
  public String code() {
    return code;
  }

  /** The field of that code. */
  public static Optional<Field> ofCode(String code) {
    return List.of(values()).stream().filter(f -> f.code.equals(code)).findFirst();
  }
}
