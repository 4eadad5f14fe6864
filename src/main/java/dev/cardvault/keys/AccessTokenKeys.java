package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives the key pairs that sign access tokens, one for each tenant: what one tenant's clients get
 * is signed by nothing another tenant's get. Stages fail like {@link Sealer}'s and are completed
 * already when the keys are at hand.
 */
@ApplicationScoped
public class AccessTokenKeys {

  // As AccessTokenKey.kid writes it.
  private static final Pattern KID =
      Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.([1-9][0-9]{0,8})");

  private final VersionedKeys<AccessTokenKey> keys;

  /** Takes what holds the keys. */
  AccessTokenKeys(KeyOpener opener, ManagedKeyStore store, KeyThreads threads, KeyCaches caches) {
    this.keys =
        new VersionedKeys<>(
            KeyPurpose.ACCESS_TOKEN, AccessTokenKey::new, opener, store, threads, caches);
  }

  /** The key pair that signs the tokens of {@code tenant}; made when there is none. */
  public CompletionStage<AccessTokenKey> signingKey(TenantId tenant) {
    return keys.all(tenant).thenApply(all -> all.get(0));
  }

  /**
   * The key pair that a token claims to be signed by; nothing when there is none. The claim may be
   * anybody's: nothing is made for it.
   */
  public CompletionStage<Optional<AccessTokenKey>> verifyingKey(String kid) {
    Matcher parts = KID.matcher(kid);
    if (!parts.matches()) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    return keys.allThatExist(new TenantId(UUID.fromString(parts.group(1))))
        .thenApply(all -> all.stream().filter(key -> key.kid().equals(kid)).findFirst());
  }
}
