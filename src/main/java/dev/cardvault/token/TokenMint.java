package dev.cardvault.token;

import dev.cardvault.card.Luhn;
import dev.cardvault.card.MaskedPan;
import dev.cardvault.card.Pan;
import dev.cardvault.problem.ProblemException;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.function.Supplier;

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
   * Draws tokens for {@code pan}, another one at each call; it needs the PAN no more once this
   * returns.
   *
   * @param format any that is random; FF1 tokens are computed, see {@link Ff1Tokens}
   * @throws ProblemException {@code unsafe-format} when a token would show too much of so short a
   *     PAN
   */
  public Supplier<Token> drawing(TokenFormat format, Pan pan) {
    format.checkFor(pan.length());
    MaskedPan card = pan.masked();
    String bin = format.binDigits() == 0 ? NO_ISSUER : pan.bin(format.binDigits());
    return switch (format) {
      case LAST4, BIN6_LAST4, BIN8_LAST4 -> () -> failingLuhn(bin, card);
      case LUHN_VALID -> () -> passingLuhn(card);
      case ALPHANUMERIC -> () -> withCapital(bin, card);
      case OPAQUE -> this::opaque;
      case FF1 -> throw new IllegalArgumentException("An FF1 token is computed, not drawn");
    };
  }

  /** One token of {@link #drawing}. */
  public Token draw(TokenFormat format, Pan pan) {
    return drawing(format, pan).get();
  }

  // Drawing anew until the rule holds keeps every token that follows it equally likely.
  private Token failingLuhn(String head, MaskedPan card) {
    byte[] text = frame(head, card);
    do {
      chance.fill(text, head.length(), lastFourAt(text), DIGITS);
    } while (Luhn.holds(text));
    return token(text);
  }

  private Token passingLuhn(MaskedPan card) {
    byte[] text = frame(NO_ISSUER, card);
    int implied = lastFourAt(text) - 1;
    chance.fill(text, NO_ISSUER.length(), implied, DIGITS);
    text[implied] = Luhn.missingDigit(text, implied);
    return token(text);
  }

  private Token withCapital(String bin, MaskedPan card) {
    byte[] text = frame(bin, card);
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

  private static byte[] frame(String head, MaskedPan card) {
    int middle = card.length() - head.length() - TokenFormat.KEPT_LAST;
    return ascii(head + " ".repeat(middle) + card.lastFour());
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
