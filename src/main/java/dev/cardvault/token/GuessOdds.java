package dev.cardvault.token;

import java.math.BigInteger;

/**
 * What somebody gains who knows the digits that a token shows: one guess in so many hits. To be
 * told when a format that keeps the BIN is switched on.
 *
 * @param format whose tokens
 * @param panLength of how many digits the card is
 * @param tokens one guess in this many is the card's token
 * @param pans one guess in this many is the card's number
 */
public record GuessOdds(TokenFormat format, int panLength, BigInteger tokens, BigInteger pans) {

  /**
   * The odds for tokens of {@code format} that stand for PANs of {@code panLength} digits.
   *
   * @throws dev.cardvault.problem.ProblemException {@code unsafe-format} when the format is not to
   *     be had for such PANs
   */
  public static GuessOdds of(TokenFormat format, int panLength) {
    return new GuessOdds(format, panLength, format.space(panLength), format.pans(panLength));
  }

  /** The odds in words. */
  public String sentence() {
    return "Somebody who knows the digits that a token of a "
        + panLength
        + "-digit card keeps guesses the token with odds of 1 in "
        + tokens
        + ", and the card number with odds of 1 in "
        + pans;
  }
}
