package dev.cardvault.token;

import dev.cardvault.card.Luhn;
import dev.cardvault.card.Pan;
import dev.cardvault.card.RevealsPan;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Computes tokens from PANs and PANs from tokens, for one profile under one key.
 *
 * <p>Of a PAN of {@code n} digits the last four stay in clear. Of the {@code n - 4} before them,
 * the last is left out: with all others known there is exactly one digit with which Luhn holds, so
 * it carries nothing. The {@code n - 5} that remain are encrypted, and a leading {@code 0} takes
 * the place of the one left out. So the token is as long as the PAN, no two PANs share one, and the
 * domain is 10^7 for the shortest PAN of 12 digits, above the 10^6 that SP 800-38G Rev. 1, 5.1 asks
 * for.
 */
public final class Ff1Tokens {

  private static final byte[] DOMAIN = ascii("cardvault/token/ff1/1");

  private final Ff1Cipher cipher;
  private final UUID tenant;
  private final UUID profile;

  /** Binds tokens to {@code tenant}, {@code profile} and the version of {@code cipher}'s key. */
  public Ff1Tokens(Ff1Cipher cipher, UUID tenant, UUID profile) {
    this.cipher = cipher;
    this.tenant = tenant;
    this.profile = profile;
  }

  /** The token of {@code pan}: always the same one. */
  @RevealsPan("FF1 encrypts the digits of the PAN into the token")
  public Token tokenOf(Pan pan) {
    byte[] text = pan.reveal().clone();
    int implied = text.length - TokenFormat.KEPT_LAST - 1;
    byte[] digits = values(text, 0, implied);
    try {
      byte[] encrypted = cipher.encrypting().apply(tweak(text), digits);
      text[0] = '0';
      for (int i = 0; i < implied; i++) {
        text[i + 1] = (byte) ('0' + encrypted[i]);
      }
      return new Token(new String(text, StandardCharsets.US_ASCII));
    } finally {
      Arrays.fill(digits, (byte) 0);
      Arrays.fill(text, (byte) 0);
    }
  }

  /**
   * The PAN of {@code token}, for the caller to close.
   *
   * @throws ProblemException {@code token-not-found} when it is not of this format, or of no PAN
   *     under this profile and key
   */
  public Pan panOf(Token token) {
    if (!TokenRule.of(TokenFormat.FF1).matches(token.text())) {
      throw ProblemException.of(ProblemCode.TOKEN_NOT_FOUND);
    }
    byte[] text = ascii(token.text());
    int implied = text.length - TokenFormat.KEPT_LAST - 1;
    byte[] digits = cipher.decrypting().apply(tweak(text), values(text, 1, implied + 1));
    for (int i = 0; i < implied; i++) {
      text[i] = (byte) ('0' + digits[i]);
    }
    Arrays.fill(digits, (byte) 0);
    text[implied] = Luhn.missingDigit(text, implied);
    try {
      return Pan.takeOwnershipOf(text);
    } catch (ProblemException notACard) {
      // A token that was made up decrypts to digits as well, but hardly to a legal PAN.
      throw ProblemException.of(ProblemCode.TOKEN_NOT_FOUND);
    }
  }

  // Every part has a fixed width, so no two bindings share a tweak.
  private byte[] tweak(byte[] text) {
    return ByteBuffer.allocate(
            DOMAIN.length + 4 * Long.BYTES + Integer.BYTES + 1 + TokenFormat.KEPT_LAST)
        .put(DOMAIN)
        .putLong(tenant.getMostSignificantBits())
        .putLong(tenant.getLeastSignificantBits())
        .putLong(profile.getMostSignificantBits())
        .putLong(profile.getLeastSignificantBits())
        .putInt(cipher.version())
        .put((byte) text.length)
        .put(text, text.length - TokenFormat.KEPT_LAST, TokenFormat.KEPT_LAST)
        .array();
  }

  private static byte[] values(byte[] text, int from, int to) {
    byte[] values = new byte[to - from];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (text[from + i] - '0');
    }
    return values;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
