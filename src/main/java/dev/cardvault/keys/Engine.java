package dev.cardvault.keys;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * A cipher and a MAC that have been made once and keyed with one key: a new {@link Cipher} for each
 * record costs six times as much. Used by one thread at a time.
 */
final class Engine {

  static final int IV_LENGTH = 12;
  static final int TAG_LENGTH = 16;

  private static final int IVS_AT_ONCE = 64;
  private static final WipeableKey NO_KEY =
      new WipeableKey(KeyBytes.takeOwnershipOf(new byte[KeyBytes.LENGTH]), "AES");

  private final WipeableKey key;
  private final SecureRandom random;
  private final byte[] ivs = new byte[IVS_AT_ONCE * IV_LENGTH];
  private int usedIvs = IVS_AT_ONCE;
  private @Nullable Cipher cipher;
  private @Nullable Mac mac;

  Engine(WipeableKey key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  /**
   * Writes IV, ciphertext and tag into {@code target} from {@code offset} on.
   *
   * @param aad what the ciphertext is bound to
   */
  void encrypt(byte[] aad, byte[] plaintext, byte[] target, int offset) {
    if (usedIvs == IVS_AT_ONCE) {
      random.nextBytes(ivs);
      usedIvs = 0;
    }
    System.arraycopy(ivs, usedIvs++ * IV_LENGTH, target, offset, IV_LENGTH);
    try {
      Cipher keyed = keyedCipher(Cipher.ENCRYPT_MODE, target, offset);
      keyed.updateAAD(aad);
      keyed.doFinal(plaintext, 0, plaintext.length, target, offset + IV_LENGTH);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not to be had", e);
    }
  }

  /** The plaintext of IV, ciphertext and tag; nothing when they or {@code aad} were changed. */
  byte @Nullable [] decrypt(byte[] aad, byte[] sealed, int offset) {
    try {
      Cipher keyed = keyedCipher(Cipher.DECRYPT_MODE, sealed, offset);
      keyed.updateAAD(aad);
      int from = offset + IV_LENGTH;
      return keyed.doFinal(sealed, from, sealed.length - from);
    } catch (AEADBadTagException changed) {
      return null;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not to be had", e);
    }
  }

  /** HMAC-SHA-256 over {@code parts}, one after the other. */
  byte[] mac(byte[]... parts) {
    Mac keyed = keyedMac();
    for (byte[] part : parts) {
      keyed.update(part);
    }
    return keyed.doFinal();
  }

  /** Makes the JDK's objects forget the key: they keep what they derived from it until rekeyed. */
  void wipe() {
    try {
      if (cipher != null) {
        cipher.init(Cipher.DECRYPT_MODE, NO_KEY, parameters(ivs, 0));
      }
      if (mac != null) {
        mac.init(NO_KEY);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not to be had", e);
    }
  }

  private Cipher keyedCipher(int mode, byte[] iv, int offset) throws GeneralSecurityException {
    if (cipher == null) {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    }
    cipher.init(mode, key, parameters(iv, offset));
    return cipher;
  }

  private static GCMParameterSpec parameters(byte[] iv, int offset) {
    return new GCMParameterSpec(8 * TAG_LENGTH, iv, offset, IV_LENGTH);
  }

  // A MAC stays keyed after doFinal, so it is keyed once.
  private Mac keyedMac() {
    if (mac == null) {
      try {
        mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("HMAC-SHA-256 is not to be had", e);
      }
    }
    return mac;
  }
}
