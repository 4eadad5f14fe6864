package dev.cardvault.sessions;

import dev.cardvault.access.TenantId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A capture's id as callers hold it: its number, its tenant, the node that holds its digits, and a
 * keyed hash over these, so that nobody can make one up that sends a node anywhere.
 *
 * @param capture its number
 * @param tenant whose it is
 * @param node the first 64 bits of its node's name
 * @param mac the first 64 bits of the keyed hash
 */
record CaptureId(UUID capture, TenantId tenant, long node, long mac) {

  static final String DOMAIN = "capture-id";

  private static final String PREFIX = "cap_";
  private static final int BYTES = 6 * Long.BYTES;
  private static final Pattern FORM = Pattern.compile("cap_[A-Za-z0-9_-]{64}");

  /** What {@code text} says, unchecked. */
  static Optional<CaptureId> parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text.substring(4)));
    return Optional.of(
        new CaptureId(
            new UUID(bytes.getLong(), bytes.getLong()),
            new TenantId(new UUID(bytes.getLong(), bytes.getLong())),
            bytes.getLong(),
            bytes.getLong()));
  }

  /** The part of a node's name that ids carry; it is a UUID, unique to one start of a process. */
  static long nodeOf(String name) {
    return UUID.fromString(name).getMostSignificantBits();
  }

  /** The same id with this keyed hash of {@link #signed}. */
  CaptureId sealedBy(byte[] hash) {
    return new CaptureId(capture, tenant, node, ByteBuffer.wrap(hash).getLong());
  }

  /** Whether this keyed hash of {@link #signed} is the one it carries. */
  boolean isSealedBy(byte[] hash) {
    byte[] own = ByteBuffer.allocate(Long.BYTES).putLong(mac).array();
    byte[] due = ByteBuffer.allocate(Long.BYTES).put(hash, 0, Long.BYTES).array();
    return MessageDigest.isEqual(own, due);
  }

  /** What the hash is over. */
  byte[] signed() {
    return ByteBuffer.allocate(BYTES - Long.BYTES).put(bytes(), 0, BYTES - Long.BYTES).array();
  }

  private byte[] bytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(capture.getMostSignificantBits())
        .putLong(capture.getLeastSignificantBits())
        .putLong(tenant.value().getMostSignificantBits())
        .putLong(tenant.value().getLeastSignificantBits())
        .putLong(node)
        .putLong(mac)
        .array();
  }

  /** As callers hold it. */
  String text() {
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
  }
}
