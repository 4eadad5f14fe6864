package dev.cardvault.token;

/**
 * Format-preserving encryption of decimal digits (NIST SP 800-38G, FF1, radix 10) under one key,
 * made of whatever holds the key: {@code new Ff1Cipher(key.version(), key::encrypt, key::decrypt)}.
 *
 * @param version which version of the key this is; it is part of every token
 * @param encrypting from digits to as many digits
 * @param decrypting back
 */
public record Ff1Cipher(int version, Direction encrypting, Direction decrypting) {

  /** One way through the cipher. */
  @FunctionalInterface
  public interface Direction {
    /**
     * A new array of as many digits.
     *
     * @param tweak what the result is bound to
     * @param digits values 0 to 9, at least 6 of them; left as they are
     */
    byte[] apply(byte[] tweak, byte[] digits);
  }
}
