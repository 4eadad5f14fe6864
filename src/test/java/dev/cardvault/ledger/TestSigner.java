package dev.cardvault.ledger;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;

/** A key pair that signs notes. */
public final class TestSigner {

  private final KeyPair pair;
  private final NoteKey key;

  /** A new one. */
  public TestSigner(String name, NoteKey.Kind kind) {
    try {
      pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    byte[] encoded = pair.getPublic().getEncoded();
    byte[] point = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    key = kind == NoteKey.Kind.LOG ? NoteKey.ofLog(name, point) : NoteKey.ofWitness(name, point);
  }

  /** Its public half. */
  public NoteKey key() {
    return key;
  }

  /** The checkpoint, signed as a log does. */
  public Note sign(Checkpoint checkpoint) {
    byte[] message = checkpoint.text().getBytes(StandardCharsets.UTF_8);
    return new Note(checkpoint.text(), List.of(NoteSignature.of(key, sign(message))));
  }

  /** A witness's line under it. */
  public NoteSignature cosign(Checkpoint checkpoint, long seconds) {
    return Cosignature.of(key, seconds, sign(Cosignature.message(seconds, checkpoint.text())));
  }

  /** A signature. */
  public byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
