package dev.cardvault.card;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The scanner against a plain and slow reading of its rule; left out of mutation tests. */
class PanScannerPropertiesTest {

  private static final List<String> PIECES =
      List.of(
          "4242424242424242",
          "378282246310005",
          "4222222222222",
          "1900000000000009",
          "6799998900000099990",
          "0000",
          "42",
          "4",
          "12",
          "1234567",
          " ",
          "-",
          " ",
          "-",
          " -",
          "x",
          ".",
          "0",
          "42424242-4242-4242-a234-123412341234",
          "42424242-4242-4242-1234-123412341234");

  private static final Pattern UUID =
      Pattern.compile(
          "(?<![0-9A-Za-z])(?=[0-9-]{0,35}[A-Fa-f])[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Za-z])");

  private static final Pattern NUMBER = Pattern.compile("[0-9]([ -]?[0-9]){12,18}");

  @Property(tries = 10_000)
  void readsPiecesOfNumbersAsThePlainRuleDoes(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    compare(text.toString());
  }

  @Property(tries = 10_000)
  void readsRandomDigitsAndSeparatorsAsThePlainRuleDoes(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(60); i >= 0; i--) {
      text.append("0123456789012345678901234567890123456789 -x4".charAt(random.nextInt(44)));
    }
    compare(text.toString());
  }

  private static void compare(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    assertEquals(plainMask(text, true), PanScanner.CARD_NUMBERS.mask(text));
    assertEquals(plainMask(text, false), PanScanner.LUHN_NUMBERS.mask(text));
    assertEquals(!plainMask(text, true).equals(text), PanScanner.CARD_NUMBERS.finds(text));
    assertEquals(
        PanScanner.LUHN_NUMBERS.finds(text), PanScanner.LUHN_NUMBERS.finds(bytes, 0, bytes.length));
  }

  /** Tries every part of the text. */
  private static String plainMask(String text, boolean knownBrandsOnly) {
    String searched = UUID.matcher(text).replaceAll(m -> "x".repeat(m.group().length()));
    char[] masked = text.toCharArray();
    for (int from = 0; from < searched.length(); from++) {
      for (int to = from + 13; to <= Math.min(searched.length(), from + 37); to++) {
        if (isNumber(searched, from, to, knownBrandsOnly)) {
          mask(masked, from, to);
        }
      }
    }
    return new String(masked);
  }

  private static boolean isNumber(String text, int from, int to, boolean knownBrandsOnly) {
    if ((from > 0 && Character.isDigit(text.charAt(from - 1)))
        || (to < text.length() && Character.isDigit(text.charAt(to)))) {
      return false;
    }
    String part = text.substring(from, to);
    if (!NUMBER.matcher(part).matches()) {
      return false;
    }
    byte[] digits = part.replaceAll("[ -]", "").getBytes(StandardCharsets.US_ASCII);
    CardBrand brand = CardBrand.of(digits, digits.length);
    return Luhn.holds(digits)
        && (!knownBrandsOnly || (brand != CardBrand.UNKNOWN && brand.allowsLength(digits.length)));
  }

  private static void mask(char[] masked, int from, int to) {
    int shown = 0;
    for (int i = to - 1; i >= from; i--) {
      if ((masked[i] >= '0' && masked[i] <= '9') || masked[i] == '*') {
        if (++shown > 4) {
          masked[i] = '*';
        }
      }
    }
  }
}
