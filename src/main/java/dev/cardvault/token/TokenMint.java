package dev.cardvault.token;

import dev.cardvault.card.Luhn;
import dev.cardvault.card.Pan;
import dev.cardvault.problem.ProblemException;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * Draws random tokens, each with the same probability among all of its format. Of the PAN it learns
 * what the format keeps, and nothing else. Whether a token is still free is for the database to
 * say.
 */
@Singleton
public final class TokenMint {

  static final int OPAQUE_CHARACTERS = 26;

  /** First digit of every token without a BIN: ISO/IEC 7812-1 gives it to no issuer of cards. */
  static final String NO_ISSUER = "0";

  private static final String OPAQUE_PREFIX = "tok_";
  private static final byte[] DIGITS = ascii("0123456789");
  private static final byte[] DIGITS_AND_CAPITALS = ascii("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  private static final byte[] CROCKFORD = ascii("0123456789ABCDEFGHJKMNPQRSTVWXYZ");

  private final Chance chance;

  /** Draws from {@code random}. */
  public TokenMint(SecureRandom random) {
    this.chance = new Chance(random);
  }

  /**
   * A new token for {@code pan}, another one at each call.
   *
   * @param format any that is random; FF1 tokens are computed, see {@link Ff1Tokens}
   * @throws ProblemException {@code unsafe-format} when a token would show too much of so short a
   *     PAN
   */
  public Token draw(TokenFormat format, Pan pan) {
    format.checkFor(pan.length());
    return switch (format) {
      case LAST4 -> failingLuhn(NO_ISSUER, pan);
      case BIN6_LAST4, BIN8_LAST4 -> failingLuhn(pan.bin(format.binDigits()), pan);
      case LUHN_VALID -> passingLuhn(pan);
      case ALPHANUMERIC -> withCapital(pan.bin(format.binDigits()), pan);
      case OPAQUE -> opaque();
      case FF1 -> throw new IllegalArgumentException("An FF1 token is computed, not drawn");
    };
  }

  // Drawing anew until the rule holds keeps every token that follows it equally likely.
  private Token failingLuhn(String head, Pan pan) {
    byte[] text = frame(head, pan);
    do {
      chance.fill(text, head.length(), lastFourAt(text), DIGITS);
    } while (Luhn.holds(text));
    return token(text);
  }

  private Token passingLuhn(Pan pan) {
    byte[] text = frame(NO_ISSUER, pan);
    int implied = lastFourAt(text) - 1;
    chance.fill(text, NO_ISSUER.length(), implied, DIGITS);
    text[implied] = Luhn.missingDigit(text, implied);
    return token(text);
  }

  private Token withCapital(String bin, Pan pan) {
    byte[] text = frame(bin, pan);
    do {
      chance.fill(text, bin.length(), lastFourAt(text), DIGITS_AND_CAPITALS);
    } while (!hasCapital(text));
    return token(text);
  }

  private Token opaque() {
    byte[] text = ascii(OPAQUE_PREFIX + " ".repeat(OPAQUE_CHARACTERS));
    chance.fill(text, OPAQUE_PREFIX.length(), text.length, CROCKFORD);
    return token(text);
  }

  private static byte[] frame(String head, Pan pan) {
    int middle = pan.length() - head.length() - TokenFormat.KEPT_LAST;
    return ascii(head + " ".repeat(middle) + pan.masked().lastFour());
  }

  private static int lastFourAt(byte[] text) {
    return text.length - TokenFormat.KEPT_LAST;
  }

  private static boolean hasCapital(byte[] text) {
    for (byte b : text) {
      if (b >= 'A' && b <= 'Z') {
        return true;
      }
    }
    return false;
  }

  private static Token token(byte[] text) {
    return new Token(new String(text, StandardCharsets.US_ASCII));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
