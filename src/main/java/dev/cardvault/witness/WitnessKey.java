package dev.cardvault.witness;

import dev.cardvault.ledger.NoteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The witness's own key pair, in a file that only its owner reads. */
final class WitnessKey {

  private static final int KEY_LENGTH = 32;

  private final PrivateKey secret;
  private final NoteKey key;

  private WitnessKey(PrivateKey secret, NoteKey key) {
    this.secret = secret;
    this.key = key;
  }

  /** The one in {@code folder}, made at the first start. */
  static WitnessKey in(Path folder, String name) throws IOException {
    Path file = folder.resolve("key");
    try {
      if (!Files.exists(file)) {
        make(file, name);
      }
      List<String> lines = Files.readAllLines(file);
      PrivateKey secret =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(lines.get(1))));
      NoteKey key = NoteKey.parse(lines.get(0));
      if (!key.name().equals(name)) {
        throw new IOException("The key in " + file + " is of a witness of another name");
      }
      return new WitnessKey(secret, key);
    } catch (GeneralSecurityException | IllegalArgumentException broken) {
      throw new IOException("The key in " + file + " cannot be used", broken);
    }
  }

  private static void make(Path file, String name) throws IOException, GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] encoded = pair.getPublic().getEncoded();
    NoteKey key =
        NoteKey.ofWitness(
            name, Arrays.copyOfRange(encoded, encoded.length - KEY_LENGTH, encoded.length));
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(
        file,
        List.of(key.text(), Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())));
  }

  /** The public half. */
  NoteKey key() {
    return key;
  }

  byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(secret);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 is not to be had", e);
    }
  }
}
