package dev.cardvault.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {

  @ParameterizedTest
  @CsvSource({
    "0123456789014242, LAST4 FF1",
    "0123456789034242, LUHN_VALID FF1",
    "012345664242, LUHN_VALID FF1",
    "0123456789012344242, LAST4 FF1",
    "4242421234564242, BIN6_LAST4 BIN8_LAST4",
    "42424212344242, BIN6_LAST4",
    "424242123454242, BIN6_LAST4",
    "424242A2345B4242, ALPHANUMERIC",
    "42424212345Z4242, ALPHANUMERIC",
    "424242ABCD4242, ALPHANUMERIC",
    "424242ABCDEFGHI4242, ALPHANUMERIC",
    "tok_0123456789ABCDEFGHJKMNPQRS, OPAQUE",
    "tok_TVWXYZTVWXYZTVWXYZTVWXYZTV, OPAQUE"
  })
  void followsTheRulesOfTheFormatsItMayHave(String text, String formats) {
    List<TokenFormat> expected = Stream.of(formats.split(" ")).map(TokenFormat::valueOf).toList();
    for (TokenRule rule : TokenRule.all()) {
      assertEquals(expected.contains(rule.format()), rule.matches(text), rule.format().code());
    }
    assertEquals(Optional.of(new Token(text)), Token.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "01234567890", // 11 digits
        "01234567890123456789", // 20 digits
        "4242424242424242", // a card
        "4242 4212 3456 4242",
        "0123456789014242\n",
        "٠123456789014242",
        "4242421234242", // 13 digits that fail Luhn: a mistyped card
        "424242123456424A",
        "42424212345a4242",
        "024242A234564242",
        "42424A1234564242",
        "424242ABC4242",
        "424242ABCDEFGHIJ4242",
        "tok_0123456789ABCDEFGHJKMNPQR",
        "tok_0123456789ABCDEFGHJKMNPQRST",
        "tok_0123456789ABCDEFGHJKMNPQRI",
        "tok_0123456789ABCDEFGHJKMNPQRL",
        "tok_0123456789ABCDEFGHJKMNPQRO",
        "tok_0123456789ABCDEFGHJKMNPQRU",
        "tok_0123456789abcdefghjkmnpqrs",
        "TOK_0123456789ABCDEFGHJKMNPQRS",
        "tok_01936e5a-4242-7424-9242-424242424242"
      })
  void isNothingElse(String text) {
    assertEquals(Optional.empty(), Token.parse(text));
    assertThrows(IllegalArgumentException.class, () -> new Token(text));
  }

  @Test
  void printsItsLastFourCharactersAlone() {
    assertEquals("Token[...4242]", new Token("0123456789014242").toString());
  }

  @Test
  void doesNotRepeatARefusedText() {
    var refusal = assertThrows(IllegalArgumentException.class, () -> new Token("4242424242424242"));
    assertEquals("No token looks like this", refusal.getMessage());
  }

  @Test
  void hasARuleForEachFormatThatAnybodyCanRead() {
    assertEquals(
        List.of(TokenFormat.values()), TokenRule.all().stream().map(TokenRule::format).toList());
    for (TokenRule rule : TokenRule.all()) {
      assertTrue(rule.sentence().endsWith("."));
      assertTrue(rule.regex().pattern().startsWith("^") && rule.regex().pattern().endsWith("$"));
    }
  }
}
