package dev.cardvault.keys;

import java.util.Arrays;
import org.bouncycastle.crypto.fpe.FPEFF1Engine;
import org.bouncycastle.crypto.params.FPEParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Format-preserving encryption of decimal digits: FF1 with radix 10 and AES-256 (SP 800-38G). Use
 * it at once and do not keep it. Safe for many threads.
 */
public final class Ff1Key {

  /** Below it the domain is smaller than the 10^6 that SP 800-38G Rev. 1, 5.1 asks for. */
  public static final int MIN_DIGITS = 6;

  private static final int MAX_DIGITS = 56;
  private static final int RADIX = 10;

  private final OpenKey key;

  Ff1Key(OpenKey key) {
    this.key = key;
  }

  /** Which version of the tenant's key this is. */
  public int version() {
    return key.version();
  }

  /**
   * As many digits, which only {@link #decrypt} with the same tweak turns back.
   *
   * @param tweak what the result is bound to
   * @param digits values 0 to 9, 6 to 56 of them; left as they are
   */
  public byte[] encrypt(byte[] tweak, byte[] digits) {
    return key.useBytes(bytes -> process(true, bytes, tweak, digits));
  }

  /** The digits that {@link #encrypt} made {@code digits} of. */
  public byte[] decrypt(byte[] tweak, byte[] digits) {
    return key.useBytes(bytes -> process(false, bytes, tweak, digits));
  }

  static byte[] process(boolean encrypting, byte[] key, byte[] tweak, byte[] digits) {
    if (digits.length < MIN_DIGITS || digits.length > MAX_DIGITS) {
      throw new IllegalArgumentException("FF1 takes 6 to 56 digits");
    }
    for (byte digit : digits) {
      if (digit < 0 || digit >= RADIX) {
        throw new IllegalArgumentException("FF1 takes values 0 to 9");
      }
    }
    KeyParameter copy = new KeyParameter(key);
    try {
      FPEFF1Engine engine = new FPEFF1Engine();
      engine.init(encrypting, new FPEParameters(copy, RADIX, tweak));
      byte[] result = new byte[digits.length];
      engine.processBlock(digits, 0, digits.length, result, 0);
      return result;
    } finally {
      Arrays.fill(copy.getKey(), (byte) 0);
    }
  }

  @Override
  public String toString() {
    return "Ff1Key[" + version() + "]";
  }
}
