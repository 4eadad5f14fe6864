package dev.cardvault.card;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The card networks, told apart by their prefixes (see {@link BrandTable}). */
public enum CardBrand {
  VISA,
  MASTERCARD,
  AMEX,
  DINERS,
  DISCOVER,
  JCB,
  UNIONPAY,
  MAESTRO,
  ELO,
  MIR,
  VERVE,
  TROY,
  HIPER,
  HIPERCARD,
  RUPAY,
  /** A prefix that is in nobody's table. */
  UNKNOWN;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The brand whose prefix begins {@code digits[0, length)}; the longest prefix wins. */
  public static CardBrand of(byte[] digits, int length) {
    return BrandTable.INSTANCE.brandOf(digits, length);
  }

  /**
   * The brand of a card whose number begins with {@code digits[0, length)}, once no further digit
   * can change it: nothing is decided while a shorter prefix leaves a longer one possible.
   */
  public static Optional<CardBrand> decidedBy(byte[] digits, int length) {
    return BrandTable.INSTANCE.decidedBy(digits, length);
  }

  /** The brand of that code. */
  public static Optional<CardBrand> ofCode(String code) {
    return List.of(values()).stream().filter(b -> b.code.equals(code)).findFirst();
  }

  /** Whether the network issues PANs of {@code length} digits; an unknown brand may have any. */
  public boolean allowsLength(int length) {
    return this == UNKNOWN || lengths().contains(length);
  }

  /** The lengths the network issues; empty for an unknown brand. */
  public Set<Integer> lengths() {
    return BrandTable.INSTANCE.lengthsOf(this);
  }

  /** How many digits its security codes may have: 3, 4, or either for an unknown brand. */
  public Set<Integer> codeLengths() {
    return BrandTable.INSTANCE.codeLengthOf(this).map(Set::of).orElse(Set.of(3, 4));
  }

  /** The code in the API: lower case. */
  public String code() {
    return code;
  }
}
