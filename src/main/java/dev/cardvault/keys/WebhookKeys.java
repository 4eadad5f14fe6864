package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;

/**
 * Gives the keys of which the secrets of webhooks are derived, one for each tenant. Stages fail
 * like {@link Sealer}'s and are completed already when the key is at hand.
 */
@ApplicationScoped
public class WebhookKeys {

  private final VersionedKeys<WebhookKey> keys;

  /** Takes what holds the keys. */
  WebhookKeys(KeyOpener opener, ManagedKeyStore store, KeyThreads threads, KeyCaches caches) {
    this.keys =
        new VersionedKeys<>(KeyPurpose.WEBHOOK, WebhookKey::new, opener, store, threads, caches);
  }

  /** The key of {@code tenant}; made when there is none. */
  public CompletionStage<WebhookKey> key(TenantId tenant) {
    return keys.all(tenant).thenApply(all -> all.get(0));
  }
}
