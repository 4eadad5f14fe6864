package dev.cardvault.api;

import dev.cardvault.token.TokenRule;
import java.util.List;
import java.util.Locale;

/**
 * How to know a token from a card number without asking anybody.
 *
 * @param data one rule for each format
 */
record RulesAnswer(List<Rule> data) {

  /**
   * What all tokens of one format have in common, and no card number has.
   *
   * @param format the format
   * @param regex what the whole text matches, in the syntax that ECMA-262, PCRE and Java share
   * @param luhn what Luhn's check says of it
   * @param rule the rule in words
   */
  record Rule(String format, String regex, String luhn, String rule) {
    static Rule of(TokenRule rule) {
      return new Rule(
          rule.format().code(),
          rule.regex().pattern(),
          rule.luhn().name().toLowerCase(Locale.ROOT),
          rule.sentence());
    }
  }
}
