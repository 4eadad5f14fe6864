package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What a wrapped key is bound to. The key server derives the wrapping key from it, so a wrapped key
 * that was moved to another purpose, tenant or row does not open.
 */
public record KeyContext(KeyPurpose purpose, TenantId tenant, UUID keyId) {

  /** The three parts, each after its length in one byte. */
  byte[] bytes() {
    byte[] purposeText = purpose.text().getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes = ByteBuffer.allocate(3 + purposeText.length + 2 * 2 * Long.BYTES);
    bytes.put((byte) purposeText.length).put(purposeText);
    put(bytes, tenant.value());
    put(bytes, keyId);
    return bytes.array();
  }

  private static void put(ByteBuffer bytes, UUID id) {
    bytes.put((byte) (2 * Long.BYTES));
    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }
}
