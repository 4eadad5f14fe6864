package dev.cardvault.keys;

import dev.cardvault.keys.KeyServerException.Kind;
import io.quarkus.vault.client.VaultClientException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What a failed call to Vault means. Neither its answer nor its error goes any further. */
final class VaultFailure {

  private VaultFailure() {}

  static KeyServerException of(String operation, Throwable failure) {
    Throwable cause = KeyThreads.causeOf(failure);
    if (cause instanceof KeyServerException known) {
      return known;
    }
    if (cause instanceof VaultClientException answered) {
      Integer status = answered.getStatus();
      return status == null
          ? new KeyServerException(Kind.UNREACHABLE, operation, 0)
          : new KeyServerException(kindOf(status, answered.getErrors()), operation, status);
    }
    boolean network = cause instanceof IOException || cause instanceof TimeoutException;
    return new KeyServerException(network ? Kind.UNREACHABLE : Kind.GARBLED, operation, 0);
  }

  private static Kind kindOf(int status, @Nullable List<String> errors) {
    return switch (status) {
      case 400 -> Kind.INVALID;
      case 403 -> Kind.DENIED;
      case 404 -> Kind.NOT_FOUND;
      // 412: a standby that has not caught up yet.
      case 412, 429 -> Kind.THROTTLED;
      case 503 -> saysSealed(errors) ? Kind.SEALED : Kind.FAILED;
      default -> status >= 500 ? Kind.FAILED : Kind.GARBLED;
    };
  }

  // A balancer in front answers 503 as well; only Vault itself says this.
  private static boolean saysSealed(@Nullable List<String> errors) {
    return errors != null && errors.stream().anyMatch(error -> error.contains("Vault is sealed"));
  }
}
