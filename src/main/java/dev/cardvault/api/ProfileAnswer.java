package dev.cardvault.api;

import dev.cardvault.card.CardBrand;
import dev.cardvault.token.GuessOdds;
import dev.cardvault.token.TokenFormat;
import dev.cardvault.token.TokenRule;
import dev.cardvault.vault.ProfileDraft;
import dev.cardvault.vault.ProfileView;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token profile.
 *
 * @param object always {@code token_profile}
 * @param name its name
 * @param format how its tokens look
 * @param reuse whether a card keeps one token here
 * @param acceptedBrands the brands it takes; empty for all
 * @param ttlDays how many days its tokens live; {@code null} for ever
 * @param maxUses how often each may open; {@code null} for no limit
 * @param rule how to know its tokens from card numbers
 * @param guessOdds what its tokens give away, where they keep the card's BIN; {@code null}
 *     otherwise
 * @param createdAt when it was made
 * @param createdBy by which client
 * @param changedAt when it last changed
 */
record ProfileAnswer(
    String object,
    String name,
    String format,
    boolean reuse,
    List<String> acceptedBrands,
    @Nullable Integer ttlDays,
    @Nullable Integer maxUses,
    RulesAnswer.Rule rule,
    @Nullable Odds guessOdds,
    Instant createdAt,
    String createdBy,
    Instant changedAt) {

  private static final int USUAL_LENGTH = 16;

  /**
   * What somebody gains who knows the digits that a token shows.
   *
   * @param panLength of how many digits the card is
   * @param tokens one guess in this many is the card's token
   * @param pans one guess in this many is the card's number
   * @param sentence the same in words
   */
  record Odds(int panLength, BigInteger tokens, BigInteger pans, String sentence) {
    static @Nullable Odds of(TokenFormat format) {
      if (format.binDigits() == 0) {
        return null;
      }
      GuessOdds odds = GuessOdds.of(format, USUAL_LENGTH);
      return new Odds(odds.panLength(), odds.tokens(), odds.pans(), odds.sentence());
    }
  }

  static ProfileAnswer of(ProfileView profile) {
    ProfileDraft draft = profile.draft();
    return new ProfileAnswer(
        "token_profile",
        draft.name(),
        draft.format().code(),
        draft.reuse(),
        draft.acceptedBrands().stream().map(CardBrand::code).sorted().toList(),
        draft.ttlDays(),
        draft.maxUses(),
        RulesAnswer.Rule.of(TokenRule.of(draft.format())),
        Odds.of(draft.format()),
        profile.createdAt(),
        profile.createdBy(),
        profile.changedAt());
  }
}
