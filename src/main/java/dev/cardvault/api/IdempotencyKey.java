package dev.cardvault.api;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.vault.Idempotency;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code Idempotency-Key} of a request (draft-ietf-httpapi-idempotency-key-header). */
final class IdempotencyKey {

  private static final String HEADER = "Idempotency-Key";
  private static final String KEY = "cardvault.idempotency";
  private static final Pattern VISIBLE = Pattern.compile("[!-~]{1,255}");

  private IdempotencyKey() {}

  /**
   * Keeps what the request says, to tell it from another one under the same key: its method, its
   * path and its body without card numbers.
   *
   * @throws ProblemException {@code invalid-field} when the key is none
   */
  static void note(RoutingContext routing, RequestBody body) {
    List<String> keys = routing.request().headers().getAll(HEADER);
    if (keys.isEmpty()) {
      return;
    }
    String key = keys.get(0);
    if (keys.size() > 1 || !VISIBLE.matcher(key).matches()) {
      throw ProblemException.of(
          ProblemCode.INVALID_FIELD, "An idempotency key is 1 to 255 visible ASCII characters");
    }
    MessageDigest digest = sha256();
    digest.update(text(routing.request().method().name()));
    digest.update((byte) ' ');
    digest.update(text(routing.normalizedPath()));
    digest.update((byte) '\n');
    digest.update(body.bytes(), 0, body.length());
    routing.put(KEY, new Idempotency(key, digest.digest()));
  }

  /** The key of the request and what it says; {@code null} when it has none. */
  static @Nullable Idempotency of(RoutingContext routing) {
    return routing.get(KEY);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
