package dev.cardvault.keys;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;

/** Sealed bytes: format (1 byte), IV (12), ciphertext, tag (16); AES-256-GCM (SP 800-38D). */
final class Seal {

  private static final byte FORMAT = 1;
  private static final int OVERHEAD = 1 + Engine.IV_LENGTH + Engine.TAG_LENGTH;

  private Seal() {}

  static byte[] close(OpenKey key, Binding binding, byte[] plaintext) {
    return close(key, binding.associatedData(FORMAT, key.id()), plaintext);
  }

  /** Seals what {@code aad} binds to its place. */
  static byte[] close(OpenKey key, byte[] aad, byte[] plaintext) {
    byte[] sealed = new byte[OVERHEAD + plaintext.length];
    sealed[0] = FORMAT;
    key.use(
        engine -> {
          engine.encrypt(aad, plaintext, sealed, 1);
          return sealed;
        });
    return sealed;
  }

  static byte[] open(OpenKey key, Binding binding, byte[] sealed) {
    return open(key, binding.associatedData(FORMAT, key.id()), sealed);
  }

  /** Opens what was sealed with the same {@code aad}. */
  static byte[] open(OpenKey key, byte[] aad, byte[] sealed) {
    if (sealed.length <= OVERHEAD || sealed[0] != FORMAT) {
      throw ProblemException.of(ProblemCode.INTEGRITY_FAILURE);
    }
    byte[] plaintext = key.use(engine -> engine.decrypt(aad, sealed, 1));
    if (plaintext == null) {
      throw ProblemException.of(ProblemCode.INTEGRITY_FAILURE);
    }
    return plaintext;
  }
}
