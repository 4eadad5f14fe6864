package dev.cardvault.token;

import dev.cardvault.card.Luhn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How to know the tokens of one format without asking anybody. No issuer has numbers that begin
 * with 0 (ISO/IEC 7812-1), none has letters, and every card number passes Luhn: whatever follows a
 * rule is not a card.
 *
 * @param format whose tokens
 * @param regex what the whole text matches, in the syntax that ECMA-262, PCRE and Java share
 * @param luhn what the check digit does
 * @param sentence the rule in words
 */
public record TokenRule(TokenFormat format, Pattern regex, LuhnExpectation luhn, String sentence) {

  private static final List<TokenRule> ALL =
      Stream.of(TokenFormat.values()).map(TokenRule::of).toList();

  /** What Luhn's check says of a token. */
  public enum LuhnExpectation {
    /** Always fails. */
    FAILS,
    /** Always passes. */
    PASSES,
    /** Fails or passes, as it happens. */
    EITHER,
    /** Does not apply: there are letters. */
    NONE
  }

  /** The rules of all formats, in the order of {@link TokenFormat}. */
  public static List<TokenRule> all() {
    return ALL;
  }

  /** The rule of {@code format}. */
  public static TokenRule of(TokenFormat format) {
    return switch (format) {
      case LAST4 ->
          rule(
              format,
              "^0[0-9]{11,18}$",
              LuhnExpectation.FAILS,
              "Begins with 0, as no card does, ends in the card's last four digits, is as long as"
                  + " the card number, and fails Luhn.");
      case BIN6_LAST4 ->
          rule(
              format,
              "^[1-9][0-9]{13,18}$",
              LuhnExpectation.FAILS,
              "Keeps the card's first six and last four digits and its length, and fails Luhn, as"
                  + " no card does.");
      case BIN8_LAST4 ->
          rule(
              format,
              "^[1-9][0-9]{15,18}$",
              LuhnExpectation.FAILS,
              "Keeps the card's first eight and last four digits and its length, and fails Luhn,"
                  + " as no card does.");
      case LUHN_VALID ->
          rule(
              format,
              "^0[0-9]{11,18}$",
              LuhnExpectation.PASSES,
              "Begins with 0, as no card does, ends in the card's last four digits, is as long as"
                  + " the card number, and passes Luhn.");
      case ALPHANUMERIC ->
          rule(
              format,
              "^[1-9][0-9]{5}(?=[0-9]*[A-Z])[0-9A-Z]{4,9}[0-9]{4}$",
              LuhnExpectation.NONE,
              "Keeps the card's first six and last four digits and its length, and has at least"
                  + " one capital letter between them, as no card has.");
      case OPAQUE ->
          rule(
              format,
              "^tok_[0-9A-HJKMNP-TV-Z]{26}$",
              LuhnExpectation.NONE,
              "Begins with tok_, followed by 26 characters of Crockford's base32.");
      case FF1 ->
          rule(
              format,
              "^0[0-9]{11,18}$",
              LuhnExpectation.EITHER,
              "Begins with 0, as no card does, ends in the card's last four digits, and is as long"
                  + " as the card number.");
    };
  }

  private static TokenRule rule(
      TokenFormat format, String regex, LuhnExpectation luhn, String sentence) {
    return new TokenRule(format, Pattern.compile(regex), luhn, sentence);
  }

  /** Whether {@code text} can be a token of this format. */
  public boolean matches(String text) {
    return regex.matcher(text).matches()
        && switch (luhn) {
          case FAILS -> !passesLuhn(text);
          case PASSES -> passesLuhn(text);
          case EITHER, NONE -> true;
        };
  }

  static boolean anyMatches(String text) {
    for (TokenRule rule : ALL) {
      if (rule.matches(text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean passesLuhn(String text) {
    return Luhn.holds(text.getBytes(StandardCharsets.US_ASCII));
  }
}
