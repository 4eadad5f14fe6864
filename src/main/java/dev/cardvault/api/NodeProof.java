package dev.cardvault.api;

import dev.cardvault.access.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one node tells another of a request that it passes on: whose capture it is about, when,
 * where the request came from, and the proof that it is a node that says so. The body is not part
 * of it: between nodes there is TLS.
 *
 * @param tenant under whose key it is proven
 * @param millis when it was passed on, in milliseconds of the epoch
 * @param source the address the request came from
 * @param proof the keyed hash over these and the request's method and address
 */
// Compared by nobody.
@SuppressWarnings("ArrayRecordComponent")
record NodeProof(TenantId tenant, long millis, String source, byte[] proof) {

  static final String HEADER = "Cardvault-Forwarded";

  private static final long GOOD_FOR_MILLIS = 30_000;
  private static final Pattern FORM =
      Pattern.compile(
          "([0-9a-f-]{36});([0-9]{13});([0-9a-fA-F.:]{2,45}|unknown);([A-Za-z0-9_-]{43})");

  /** What is proven. */
  static byte[] said(String method, String uri, long millis, String source) {
    return String.join("\n", method, uri, Long.toString(millis), source)
        .getBytes(StandardCharsets.UTF_8);
  }

  static Optional<NodeProof> parse(String header) {
    Matcher parts = FORM.matcher(header);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new NodeProof(
              new TenantId(UUID.fromString(parts.group(1))),
              Long.parseLong(parts.group(2)),
              parts.group(3),
              Base64.getUrlDecoder().decode(parts.group(4))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean isFresh(long now) {
    return Math.abs(now - millis) < GOOD_FOR_MILLIS;
  }

  /** As the header says it. */
  String text() {
    return String.join(
        ";",
        tenant.toString(),
        Long.toString(millis),
        source,
        Base64.getUrlEncoder().withoutPadding().encodeToString(proof));
  }
}
