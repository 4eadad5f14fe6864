package dev.cardvault.connectors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cardvault.access.Network;
import dev.cardvault.clients.LoginException;
import dev.cardvault.clients.LoginQueue;
import dev.cardvault.clients.LoginThrottle;
import dev.cardvault.clients.TokenHash;
import dev.cardvault.database.Ids;
import dev.cardvault.keys.SecretHasher;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a platform shows. A secret is hashed once, which takes some 50 ms, and remembered for
 * a while under another hash: a platform shows it with each card.
 */
@ApplicationScoped
public class ConnectorLogin {

  private static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final int MOST_REMEMBERED = 10_000;
  private static final Duration SHORTLY = Duration.ofSeconds(1);

  private final SecretHasher hasher;
  private final LoginQueue queue;
  private final LoginThrottle throttle;
  private final Ids ids;

  /** So that what is remembered of a secret that was chosen, not drawn, is no hash to look up. */
  private final String salt;

  private final Cache<Shown, String> proved =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(REMEMBERED).build();

  ConnectorLogin(SecretHasher hasher, LoginQueue queue, LoginThrottle throttle, Ids ids) {
    this.hasher = hasher;
    this.queue = queue;
    this.throttle = throttle;
    this.ids = ids;
    this.salt = ids.next().toString();
  }

  /**
   * Whether {@code connector} is who shows this. Fails with {@code network-denied}, {@code
   * invalid-credential}, {@code rate-limited} after too many failures, or {@code overloaded}. Never
   * blocks.
   *
   * @param username what is shown beside the secret; {@code null} where there is no room for it
   * @param source the address the request came from
   */
  public CompletionStage<Void> prove(
      Connector connector, @Nullable String username, ConnectorSecret secret, String source) {
    List<Network> networks = connector.draft().networks();
    if (!networks.isEmpty() && networks.stream().noneMatch(network -> network.contains(source))) {
      return CompletableFuture.failedFuture(ProblemException.of(ProblemCode.NETWORK_DENIED));
    }
    boolean named = username == null || isSame(username, connector.username());
    Shown shown = new Shown(connector.id(), TokenHash.of(salt + secret.reveal()));
    List<String> hashes = connector.secrets().goodAt(ids.now());
    String known = proved.getIfPresent(shown);
    if (named && known != null && hashes.contains(known)) {
      return CompletableFuture.completedFuture(null);
    }
    Duration wait = throttle.waitOf(connector.publicId(), source);
    if (wait != null) {
      return CompletableFuture.failedFuture(
          ProblemException.of(ProblemCode.RATE_LIMITED).retryAfter(wait));
    }
    return queue
        .<Void>run(
            () -> {
              check(connector, named, shown, secret, hashes, source);
              return null;
            })
        .exceptionallyCompose(ConnectorLogin::told);
  }

  private void check(
      Connector connector,
      boolean named,
      Shown shown,
      ConnectorSecret secret,
      List<String> hashes,
      String source) {
    for (String hash : hashes) {
      // Hashed whatever the name, so that the time does not tell a wrong one.
      if (hasher.matches(secret.bytes(), hash) && named) {
        proved.put(shown, hash);
        throttle.succeeded(connector.publicId(), source);
        return;
      }
    }
    throttle.failed(connector.publicId(), source);
    throw ProblemException.of(ProblemCode.INVALID_CREDENTIAL);
  }

  private static CompletionStage<Void> told(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    boolean busy = failure instanceof LoginException || cause instanceof LoginException;
    return CompletableFuture.failedFuture(
        busy
            ? ProblemException.of(ProblemCode.OVERLOADED).retryAfter(SHORTLY)
            : ProblemException.from(failure));
  }

  private static boolean isSame(String shown, String expected) {
    return MessageDigest.isEqual(
        shown.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }

  /** A secret that was shown for a connector. */
  private record Shown(UUID connector, TokenHash secret) {}
}
