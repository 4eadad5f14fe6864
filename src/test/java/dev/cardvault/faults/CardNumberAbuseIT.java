package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.FaultCase;
import dev.cardvault.testing.Promise;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Numbers that look like a card's to a careless reader. */
final class CardNumberAbuseIT {

  private static final String NUMBER = "4111111111111111";

  private static Stage stage;

  @BeforeAll
  static void start() {
    stage = Stage.shared();
  }

  @Test
  @FaultCase(34)
  @Promise("P5")
  void refusesEverythingButAsciiDigits() {
    Map<String, String> numbers = new LinkedHashMap<>();
    numbers.put("full-width digits", shifted('\uff10'));
    numbers.put("Arabic digits", shifted('\u0660'));
    numbers.put("Persian digits", shifted('\u06f0'));
    numbers.put("Devanagari digits", shifted('\u0966'));
    numbers.put("one full-width digit", "\uff14" + NUMBER.substring(1));
    numbers.put("superscript digits", NUMBER.replace('1', '\u00b9'));
    numbers.put("NUL escaped", "4111\\u00001111" + NUMBER.substring(8));
    numbers.put("NUL at the end", NUMBER + "\\u0000");
    numbers.put("a byte order mark", "\ufeff" + NUMBER);
    numbers.put("a right-to-left mark", "\u202e" + NUMBER);
    numbers.put("a zero-width space", "4111\u200b" + NUMBER.substring(4));
    numbers.put("a no-break space", "4111\u00a0" + NUMBER.substring(4));
    numbers.put("an emoji", NUMBER.substring(1) + "\ud83d\ude00");
    numbers.put("a plus", "+" + NUMBER);
    numbers.put("a minus sign of Unicode", "\u22124111111111111111");
    numbers.put("an en dash", "4111\u20131111\u20131111\u20131111");
    numbers.put("a decimal point", NUMBER + ".0");
    numbers.put("an exponent", "4.111111111111111e15");
    numbers.put("hex", "0x4111111111111111");
    numbers.put("letters", "4111111111111abc");
    numbers.put("a line break", NUMBER + "\\n");
    numbers.put("a tab", "4111\\t" + NUMBER.substring(4));
    numbers.put("a slash", "4111/1111/1111/1111");
    numbers.put("a dot", "4111.1111.1111.1111");
    numbers.put("nothing", "");
    numbers.put("only spaces", "                ");
    numbers.put("only dashes", "----------------");
    numbers.put("11 digits", Cards.withCheckDigit("4111111111"));
    numbers.put("20 digits", Cards.withCheckDigit("4111111111111111111"));
    numbers.put("1,000 digits", "4".repeat(1_000));
    for (int digits = 1; digits <= 7; digits++) {
      numbers.put(digits + " digits", "4".repeat(digits));
    }
    numbers.put("a wrong check digit", "4111111111111112");
    numbers.put("all zeros but short", "00000000000");
    numbers.forEach(
        (what, number) -> {
          Answer answer = stage.client().tokenize(number).join();
          Refusal.ofBadInput(what, answer);
          assertTrue(answer.status() == 422 || answer.status() == 400, () -> what + ": " + answer);
          if (number.length() > 8 && !number.isBlank()) {
            Refusal.ofBadInput(what, answer, number);
          }
        });
  }

  @Test
  @FaultCase(34)
  void refusesANumberThatIsNoString() {
    for (String number : List.of(NUMBER, "4.1e15", "4111111111111111.0", "-" + NUMBER, "0")) {
      Answer answer =
          stage.client().post("ivr", "/v1/tokens", "{\"card\":{\"number\":" + number + "}}").join();
      Refusal.ofBadInput("the number " + number, answer, NUMBER);
    }
  }

  @Test
  @FaultCase(34)
  void dropsSpacesAndDashes() {
    String plain = stage.client().tokenize("4012888888881881").join().field("token");
    for (String number :
        List.of("4012 8888 8888 1881", "4012-8888-8888-1881", " 4012888888881881 ")) {
      Answer answer = stage.client().tokenize(number).join();
      assertTrue(answer.succeeded(), number + ": " + answer);
      assertEquals(plain, answer.field("token"));
    }
  }

  @Test
  @FaultCase(34)
  void saysWhichRuleWasBroken() {
    assertEquals("luhn-failed", stage.client().tokenize("4111111111111112").join().code());
    assertEquals("length-invalid", stage.client().tokenize("41111111").join().code());
    Answer answer = stage.client().tokenize("4111111111111112").join();
    assertEquals("/card/number", answer.json().path("errors").path(0).path("pointer").asText());
  }

  private static String shifted(char zero) {
    StringBuilder text = new StringBuilder();
    NUMBER.chars().forEach(c -> text.append((char) (zero + c - '0')));
    return text.toString();
  }
}
