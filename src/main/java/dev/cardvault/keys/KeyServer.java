package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Holds the key-encryption keys, one for each tenant, and wraps and opens data keys with them. No
 * method blocks; all stages fail with a {@link KeyServerException}.
 */
public interface KeyServer {

  /** The most keys one {@link #rewrap} takes: OpenBao refuses requests of 1,000 JSON strings. */
  int MAX_REWRAP = 150;

  /** A new data key, bound to {@code context}. */
  CompletionStage<DataKey> makeDataKey(KeyContext context);

  /** The key in the clear, for the caller to close. */
  CompletionStage<KeyBytes> unwrap(BoundKey key);

  /**
   * The keys wrapped by the newest version of the tenant's KEK, in the order given; nothing in
   * place of one that does not open.
   *
   * @param keys at most {@link #MAX_REWRAP}, all of {@code tenant}
   */
  CompletionStage<List<Optional<WrappedKey>>> rewrap(TenantId tenant, List<BoundKey> keys);

  /** Makes the KEK of {@code tenant}; nothing happens when it is there. */
  CompletionStage<Void> createKek(TenantId tenant);

  /** Adds a version to the KEK of {@code tenant}, which wraps all keys from now on. */
  CompletionStage<Void> rotateKek(TenantId tenant);

  /** The versions of the KEK of {@code tenant}. */
  CompletionStage<Kek> kek(TenantId tenant);

  /**
   * All versions of the key that signs the audit log's checkpoints, oldest first. It is one key for
   * all tenants, and signs nothing else.
   */
  CompletionStage<List<LogKey>> logKeys();

  /** The Ed25519 signature of {@code message} by that version of the audit log's key. */
  CompletionStage<byte[]> signLog(int version, byte[] message);

  /** Whether it can be used; never fails. */
  CompletionStage<KeyServerHealth> health();
}
