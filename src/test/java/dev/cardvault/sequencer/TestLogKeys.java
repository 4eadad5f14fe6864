package dev.cardvault.sequencer;

import dev.cardvault.access.TenantId;
import dev.cardvault.keys.BoundKey;
import dev.cardvault.keys.DataKey;
import dev.cardvault.keys.Kek;
import dev.cardvault.keys.KeyBytes;
import dev.cardvault.keys.KeyContext;
import dev.cardvault.keys.KeyServer;
import dev.cardvault.keys.KeyServerHealth;
import dev.cardvault.keys.LogKey;
import dev.cardvault.keys.WrappedKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A key server that has the audit log's keys and no others. */
public final class TestLogKeys implements KeyServer {

  private final List<KeyPair> pairs = new CopyOnWriteArrayList<>();
  volatile boolean away;

  /** With one key. */
  public TestLogKeys() {
    rotate();
  }

  void rotate() {
    try {
      pairs.add(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public CompletionStage<List<LogKey>> logKeys() {
    return CompletableFuture.completedStage(
        pairs.stream()
            .map(
                pair -> {
                  byte[] encoded = pair.getPublic().getEncoded();
                  return new LogKey(
                      1 + pairs.indexOf(pair),
                      Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length),
                      Instant.now());
                })
            .toList());
  }

  @Override
  public CompletionStage<byte[]> signLog(int version, byte[] message) {
    if (away) {
      return CompletableFuture.failedStage(new IllegalStateException("away"));
    }
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pairs.get(version - 1).getPrivate());
      signature.update(message);
      return CompletableFuture.completedStage(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public CompletionStage<DataKey> makeDataKey(KeyContext context) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<KeyBytes> unwrap(BoundKey key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<List<Optional<WrappedKey>>> rewrap(TenantId tenant, List<BoundKey> keys) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> createKek(TenantId tenant) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> rotateKek(TenantId tenant) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Kek> kek(TenantId tenant) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<KeyServerHealth> health() {
    throw new UnsupportedOperationException();
  }
}
