package dev.cardvault.card;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PanTest {

  private static final String VISA = "4242424242424242";

  @ParameterizedTest
  @MethodSource("dev.cardvault.card.TestPans#all")
  void takesEveryPublishedTestNumberAndKnowsItsBrand(TestPans.Published published) {
    try (Pan pan = Pan.takeOwnershipOf(published.bytes())) {
      assertEquals(Optional.of(pan.brand()), CardBrand.ofCode(published.brand()));
      assertEquals(published.length(), pan.length());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4242424242424241, LUHN_FAILED",
    "00000000000, LENGTH_INVALID",
    "42424242424242424242, LENGTH_INVALID",
    "'', LENGTH_INVALID",
    "424242424242424, LENGTH_INVALID", // a Visa of 15 digits
    "0000000000000000, BRAND_NOT_ACCEPTED",
    "424242424242424x, INVALID_CHARACTERS",
    "424242424242424/, INVALID_CHARACTERS",
    "424242424242424:, INVALID_CHARACTERS",
    "4242 4242 4242 4242, INVALID_CHARACTERS"
  })
  void refusesAndWipesWhatIsNoCardNumber(String text, ProblemCode code) {
    byte[] digits = ascii(text);
    var refusal = assertThrows(ProblemException.class, () -> Pan.takeOwnershipOf(digits));
    assertEquals(code, refusal.code());
    assertArrayEquals(new byte[digits.length], digits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"100000000008", "1000000000000000009"})
  void takesTheShortestAndTheLongest(String text) {
    try (Pan pan = Pan.takeOwnershipOf(ascii(text))) {
      assertEquals(text.length(), pan.length());
      assertEquals(CardBrand.UNKNOWN, pan.brand());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"4242 4242 4242 4242", "4242-4242-4242-4242", " 42--42 424242424242 - "})
  @RevealsPan("compares the digits")
  void dropsSpacesAndDashes(String text) {
    byte[] written = ascii("\"" + text + "\"");
    try (Pan pan = Pan.copyOf(written, 1, written.length - 1)) {
      assertArrayEquals(ascii(VISA), pan.reveal());
    }
    assertArrayEquals(ascii("\"" + text + "\""), written, "the caller's to wipe");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "４２４２４２４２４２４２４２４２", // full-width
        "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢", // Arabic-Indic
        "4242424242424242\0",
        "\uFEFF4242424242424242",
        "+4242424242424242",
        "4242.4242.4242.4242",
        "4.242424242424242e15",
        "4242\t4242\t4242\t4242",
        "4242\u00a04242\u00a04242\u00a04242",
        "\u202e4242424242424242",
        "\\u00344242424242424242",
        "42424242/24242424",
        "42424242:24242424",
        "💳"
      })
  void refusesCharactersThatNobodyWritesInACardNumber(String text) {
    byte[] written = text.getBytes(StandardCharsets.UTF_8);
    var refusal =
        assertThrows(ProblemException.class, () -> Pan.copyOf(written, 0, written.length));
    assertEquals(ProblemCode.INVALID_CHARACTERS, refusal.code());
  }

  @Test
  void readsOnlyThePartItIsGiven() {
    byte[] written = ascii("99" + VISA + "99");
    try (Pan pan = Pan.copyOf(written, 2, written.length - 2)) {
      assertEquals("4242", pan.masked().lastFour());
    }
  }

  @Test
  void showsItsBinAndItsLastFour() {
    try (Pan pan = Pan.takeOwnershipOf(ascii("4012888888881881"))) {
      assertEquals("401288", pan.bin(6));
      assertEquals("40128888", pan.bin(8));
      assertEquals(new MaskedPan(CardBrand.VISA, 16, "1881"), pan.masked());
      assertThrows(IllegalArgumentException.class, () -> pan.bin(7));
    }
  }

  @Test
  @RevealsPan("looks at the bytes after they are wiped")
  void isGoneOnceClosed() {
    byte[] digits = ascii(VISA);
    Pan pan = Pan.takeOwnershipOf(digits);
    pan.close();
    pan.close();
    assertArrayEquals(new byte[16], digits);
    assertThrows(IllegalStateException.class, pan::reveal);
    assertThrows(IllegalStateException.class, pan::masked);
    assertThrows(IllegalStateException.class, () -> pan.bin(6));
  }

  @Test
  void printsAFixedText() {
    try (Pan pan = Pan.takeOwnershipOf(ascii(VISA))) {
      assertEquals("Pan[redacted]", pan.toString());
    }
  }

  @Test
  void equalsNothingButItself() {
    try (Pan one = Pan.takeOwnershipOf(ascii(VISA));
        Pan other = Pan.takeOwnershipOf(ascii(VISA))) {
      assertNotEquals(one, other);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void mayBeExcusedFromItsCheckDigit() {
    try (Pan pan =
        Pan.takeOwnershipWithoutLuhn("6200000000000006".getBytes(StandardCharsets.US_ASCII))) {
      assertFalse(pan.passesLuhn());
      assertEquals(CardBrand.UNIONPAY, pan.brand());
    }
    byte[] tooShort = "62000000".getBytes(StandardCharsets.US_ASCII);
    assertThrows(ProblemException.class, () -> Pan.takeOwnershipWithoutLuhn(tooShort));
    assertArrayEquals(new byte[8], tooShort);
  }
}
