package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import dev.cardvault.database.Ids;
import dev.cardvault.database.Node;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * Makes managed keys and opens them. Here alone a key in the clear comes into being, and none
 * leaves unchecked: the check value tells a wrong one.
 */
@ApplicationScoped
class KeyOpener {

  private static final Logger LOG = Logger.getLogger(KeyOpener.class);

  private final KeyServer server;
  private final Ids ids;
  private final Node node;
  private final SecureRandom random;

  KeyOpener(KeyServer server, Ids ids, Node node, SecureRandom random) {
    this.server = server;
    this.ids = ids;
    this.node = node;
    this.random = random;
  }

  /** A new key, which is not stored yet. Fails with a {@link ProblemException}. */
  CompletionStage<OpenKey> make(TenantId tenant, KeyPurpose purpose, int version) {
    UUID id = ids.next();
    return told(server.makeDataKey(new KeyContext(purpose, tenant, id)))
        .thenApply(
            made -> {
              byte[] checkValue = CheckValue.of(made.bytes());
              ManagedKey row =
                  new ManagedKey(
                      id,
                      tenant,
                      purpose,
                      version,
                      made.wrapped(),
                      checkValue,
                      true,
                      node.name(),
                      0,
                      ids.now(),
                      null);
              return new OpenKey(row, made.bytes(), random);
            });
  }

  /**
   * The key of {@code row} in the clear. Fails with a {@link ProblemException}: {@code
   * integrity-failure} when it is not the key that was stored.
   */
  CompletionStage<OpenKey> open(ManagedKey row) {
    return told(server.unwrap(row.bound()))
        .thenApply(
            bytes -> {
              if (!CheckValue.matches(bytes, row.checkValue())) {
                bytes.close();
                LOG.errorf("Key %s has another check value than stored", row.id());
                throw ProblemException.of(ProblemCode.INTEGRITY_FAILURE);
              }
              return new OpenKey(row, bytes, random);
            });
  }

  /** The same stage, failing with the problem a caller is told. */
  static <T> CompletionStage<T> told(CompletionStage<T> asked) {
    return asked.exceptionallyCompose(
        failure -> {
          Throwable cause = KeyThreads.causeOf(failure);
          if (cause instanceof KeyServerException refused) {
            if (refused.kind() == KeyServerException.Kind.MISMATCH) {
              LOG.error("A stored key does not open: " + refused.getMessage());
            }
            return CompletableFuture.failedFuture(refused.problem());
          }
          return CompletableFuture.failedFuture(cause);
        });
  }
}
