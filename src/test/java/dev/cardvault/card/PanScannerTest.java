package dev.cardvault.card;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PanScannerTest {

  private static final PanScanner CARDS = PanScanner.CARD_NUMBERS;
  private static final PanScanner ALL = PanScanner.LUHN_NUMBERS;

  @ParameterizedTest
  @MethodSource("dev.cardvault.card.TestPans#all")
  void findsEveryPublishedNumber(TestPans.Published published) {
    for (PanScanner scanner : new PanScanner[] {CARDS, ALL}) {
      assertTrue(scanner.finds(published.digits()));
      assertTrue(scanner.finds("{\"note\":\"a" + published.digits() + "b\"}"));
      assertTrue(scanner.finds(published.bytes(), 0, published.length()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4242424242424242",
        "4242 4242 4242 4242",
        "4242-4242 4242-4242",
        "4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2",
        "pan=4242424242424242,exp=12/27",
        "4242424242424242 12/27",
        "1 4242424242424242",
        "2026-11-24 4242424242424242 2026-11-25",
        "00:4242424242424242.5",
        "  4242424242424242  ",
        "-4242424242424242-",
        "x4242424242424242x",
        "4242424242424242\u00e9"
      })
  void findsACardNumberHoweverItIsWritten(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    assertTrue(CARDS.finds(text));
    assertTrue(ALL.finds(text));
    assertTrue(CARDS.finds(utf8, 0, utf8.length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no digits at all",
        "4242424242424241", // fails Luhn
        "42424242424242424242", // 20 digits, though 16 of them would do
        "94242424242424242",
        "4242  4242 4242 4242",
        "4242- 4242 4242 4242",
        "4242.4242.4242.4242",
        "4242_4242_4242_4242",
        "424242424242",
        "01936e5a-4242-7424-9242-424242424242",
        "2026-11-24T06:54:33.123456789Z",
        "+44 20 7946 0958",
        "192.168.100.100:65535"
      })
  void findsNothingElse(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    assertFalse(CARDS.finds(text));
    assertFalse(ALL.finds(text));
    assertFalse(CARDS.finds(utf8, 0, utf8.length));
    assertSame(text, ALL.mask(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1900000000000009", // a prefix in nobody's table
        "424242424242424", // a Visa of 15 digits
        "1764000000000" // a time in milliseconds
      })
  void mistakesOtherNumbersForCardsOnlyInLogs(String text) {
    assertTrue(ALL.finds(text));
    assertFalse(CARDS.finds(text));
  }

  @Test
  void findsDigitsOfOtherScripts() {
    assertTrue(CARDS.finds("４２４２ ４２４２ ４２４２ ４２４２"));
    assertEquals("************٤٢٤٢", CARDS.mask("٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢"));
  }

  @ParameterizedTest
  @CsvSource({
    "4242424242424242, ************4242",
    "a 4242-4242-4242-4242 b, a ****-****-****-4242 b",
    "4242424242424242 4012888888881881, ************4242 ************1881",
    "4242424242424242 12/27, ************4242 12/27",
    "4222222222222, *********2222",
    "6799998900000099990, ***************9990"
  })
  void masksAllButTheLastFour(String text, String masked) {
    assertEquals(masked, CARDS.mask(text));
    assertEquals(masked, ALL.mask(text));
  }

  @Test
  void masksWhateverMayBelongToACardWhereSeveralReadingsAre() {
    // Both the 13 digits and the 16 with the group before them pass Luhn.
    assertTrue(ALL.finds("4222222222222"));
    assertEquals("*** ********* 2222", ALL.mask("000 422222222 2222"));
    // The last four of the first number begin the second.
    assertEquals("************ **** **** **** 0000", ALL.mask("000000000000 0000 0000 0000 0000"));
  }

  @Test
  void looksAtThePartOfTheBytesItIsGiven() {
    byte[] text = "42424242424242424".getBytes(UTF_8);
    assertTrue(CARDS.finds(text, 0, 16));
    assertFalse(CARDS.finds(text, 0, 17));
    assertFalse(CARDS.finds(text, 1, 17));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "42424242-4242-4242-1234-123412341234", // digits only: it may be a row of card numbers
        "42424242-4242-4242-a234-12341234123", // too short
        "42424242-4242-4242-a234-1234123412345", // too long
        "042424242-4242-4242-0a34-123412341234",
        "42424242-4242-4242-a234-12341234123g",
        "42424242-4242-4242 a234-123412341234",
        "42424242-4242-4242-a234-1234-1234123",
        "x42424242-4242-4242-a234-123412341234"
      })
  void passesOverNothingButUuids(String text) {
    assertTrue(ALL.finds(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "42424242-4242-4242-a234-123412341234",
        "id=42424242-4242-4242-A234-123412341234;",
        "crd_42424242-4242-4242-a234-123412341234"
      })
  void passesOverUuids(String text) {
    assertFalse(ALL.finds(text));
    assertTrue(ALL.finds(text + " 4242424242424242"));
  }
}
