package dev.cardvault.card;

import com.google.errorprone.annotations.RestrictedApi;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A primary account number: 12 to 19 digits that pass Luhn, unless they were excused from it, and
 * have a length legal for their brand (ISO/IEC 7812-1). It owns its bytes, wipes them when closed,
 * prints as a fixed text and equals nothing but itself. Its digits are read only through {@link
 * #reveal}, which the compiler confines to callers marked {@link RevealsPan} (PCI DSS 3.4.1,
 * 3.5.1).
 */
public final class Pan implements AutoCloseable {

  /** The fewest digits of any card. */
  public static final int MIN_LENGTH = 12;

  /** The most digits of any card (ISO/IEC 7812-1). */
  public static final int MAX_LENGTH = 19;

  private final byte[] digits;
  private final CardBrand brand;
  private boolean closed;

  private Pan(byte[] digits, CardBrand brand) {
    this.digits = digits;
    this.brand = brand;
  }

  /**
   * Makes {@code digits} a PAN. The array belongs to the PAN from here on, and is wiped when it is
   * refused.
   *
   * @param digits ASCII digits, nothing else
   * @throws ProblemException {@code invalid-characters}, {@code length-invalid}, {@code
   *     luhn-failed}, or {@code brand-not-accepted} for a leading 0
   */
  public static Pan takeOwnershipOf(byte[] digits) {
    return takeOwnershipOf(digits, false);
  }

  /**
   * As {@link #takeOwnershipOf}, but for a number whose check digit may be wrong: some UnionPay
   * cards and some test cards have no right one.
   */
  public static Pan takeOwnershipWithoutLuhn(byte[] digits) {
    return takeOwnershipOf(digits, true);
  }

  private static Pan takeOwnershipOf(byte[] digits, boolean excusedFromLuhn) {
    try {
      return checked(digits, excusedFromLuhn);
    } catch (ProblemException refused) {
      Arrays.fill(digits, (byte) 0);
      throw refused;
    }
  }

  /**
   * Reads a PAN as people write it: ASCII digits, with any spaces and dashes dropped. The bytes
   * stay the caller's to wipe.
   *
   * @param text holds the number, as it came in, in {@code text[from, to)}
   * @throws ProblemException as {@link #takeOwnershipOf}; anything else than digits, spaces and
   *     dashes is {@code invalid-characters}
   */
  public static Pan copyOf(byte[] text, int from, int to) {
    byte[] digits = new byte[countDigits(text, from, to)];
    int count = 0;
    for (int i = from; i < to; i++) {
      if (text[i] != ' ' && text[i] != '-') {
        digits[count++] = text[i];
      }
    }
    return takeOwnershipOf(digits);
  }

  private static int countDigits(byte[] text, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      if (isDigit(text[i])) {
        count++;
      } else if (text[i] != ' ' && text[i] != '-') {
        throw ProblemException.of(ProblemCode.INVALID_CHARACTERS);
      }
    }
    return count;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static Pan checked(byte[] digits, boolean excusedFromLuhn) {
    for (byte b : digits) {
      if (!isDigit(b)) {
        throw ProblemException.of(ProblemCode.INVALID_CHARACTERS);
      }
    }
    if (digits.length < MIN_LENGTH || digits.length > MAX_LENGTH) {
      throw ProblemException.of(ProblemCode.LENGTH_INVALID, "A card number has 12 to 19 digits");
    }
    if (!excusedFromLuhn && !Luhn.holds(digits)) {
      throw ProblemException.of(ProblemCode.LUHN_FAILED);
    }
    if (digits[0] == '0') {
      // Tokens begin with it, just because no issuer has it (ISO/IEC 7812-1).
      throw ProblemException.of(
          ProblemCode.BRAND_NOT_ACCEPTED, "No card number begins with 0; this may be a token");
    }
    CardBrand brand = CardBrand.of(digits, digits.length);
    if (!brand.allowsLength(digits.length)) {
      throw ProblemException.of(
          ProblemCode.LENGTH_INVALID, "Cards of this brand have another number of digits");
    }
    return new Pan(digits, brand);
  }

  /**
   * The digits themselves, not a copy: they are gone once this PAN is closed.
   *
   * @throws IllegalStateException when this PAN is closed
   */
  @RestrictedApi(
      explanation =
          "A PAN may be read only where it has to be (PCI DSS 3.4.1); mark the caller @RevealsPan",
      link = "docs/threat-model.md",
      allowlistAnnotations = {RevealsPan.class})
  public byte[] reveal() {
    return digits();
  }

  private byte[] digits() {
    if (closed) {
      throw new IllegalStateException("The PAN has been wiped");
    }
    return digits;
  }

  /** How many digits it has, 12 to 19. */
  public int length() {
    return digits.length;
  }

  /** The network that issued it; {@link CardBrand#UNKNOWN} for a prefix in nobody's table. */
  public CardBrand brand() {
    return brand;
  }

  /** Whether its check digit is right; false only where it was excused from that. */
  public boolean passesLuhn() {
    return Luhn.holds(digits());
  }

  /** What may be shown of it: brand, length and the last four digits (PCI DSS 3.4.1). */
  public MaskedPan masked() {
    return new MaskedPan(brand, digits.length, text(digits.length - 4, digits.length));
  }

  /**
   * Its first digits, the issuer's BIN.
   *
   * @param count 6 or 8, as the networks truncate (PCI SSC FAQ 1091)
   */
  public String bin(int count) {
    if (count != 6 && count != 8) {
      throw new IllegalArgumentException("A BIN has 6 or 8 digits");
    }
    return text(0, count);
  }

  private String text(int from, int to) {
    return new String(digits(), from, to - from, StandardCharsets.US_ASCII);
  }

  /** Overwrites the digits; harmless when done twice. */
  @Override
  public void close() {
    closed = true;
    Arrays.fill(digits, (byte) 0);
  }

  /** A fixed text: a PAN never prints itself. */
  @Override
  public String toString() {
    return "Pan[redacted]";
  }
}
