package dev.cardvault.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.UUID;

/**
 * Binds a leaf to a text without telling it: SHA-256 over the event's 16 bytes of salt, the field's
 * name, a zero byte, and the text. Once salt and text are erased, nobody can find the text by
 * trying; until then, whoever is shown both can check that it is the one.
 */
public final class Commitment {

  private Commitment() {}

  /** The commitment to {@code text} in {@code field}, in base64. */
  public static String to(String field, String text, UUID salt) {
    MessageDigest sha256 = TreeHash.sha256();
    sha256.update(
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(salt.getMostSignificantBits())
            .putLong(salt.getLeastSignificantBits())
            .array());
    sha256.update(field.getBytes(StandardCharsets.US_ASCII));
    sha256.update((byte) 0);
    return Base64.getEncoder().encodeToString(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
