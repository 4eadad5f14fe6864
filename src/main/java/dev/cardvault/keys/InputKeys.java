package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import dev.cardvault.database.Ids;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Makes the key pairs under which Amazon Connect encrypts what callers key, and opens what was
 * encrypted under them. A private half is sealed with a managed key, which the key server wraps,
 * and is in the clear for one decryption only. Stages fail like {@link Sealer}'s.
 */
@ApplicationScoped
public class InputKeys {

  private static final int BITS = 3072;
  private static final byte[] DOMAIN = "input-key".getBytes(StandardCharsets.US_ASCII);

  private final VersionedKeys<OpenKey> keys;
  private final KeyThreads threads;
  private final SecureRandom random;
  private final Ids ids;

  /** Takes what holds the keys. */
  InputKeys(
      KeyOpener opener,
      ManagedKeyStore store,
      KeyThreads threads,
      KeyCaches caches,
      SecureRandom random,
      Ids ids) {
    this.keys =
        new VersionedKeys<>(
            KeyPurpose.CONNECTOR, Function.identity(), opener, store, threads, caches);
    this.threads = threads;
    this.random = random;
    this.ids = ids;
  }

  /** A new key pair, which goes by its id until the platform has named it. */
  public CompletionStage<InputKey> make(TenantId tenant) {
    return keys.all(tenant)
        .thenCompose(all -> threads.blocking(() -> make(tenant, ids.next(), all.get(0))));
  }

  /**
   * What {@code message} says, for the caller to wipe.
   *
   * @param candidates the keys it may be encrypted under
   * @param message as the AWS Encryption SDK writes it
   */
  public CompletionStage<byte[]> decrypt(
      TenantId tenant, List<InputKey> candidates, byte[] message) {
    return keys.all(tenant)
        .thenCompose(all -> threads.blocking(() -> decrypt(tenant, candidates, message, all)));
  }

  private InputKey make(TenantId tenant, UUID id, OpenKey sealing) {
    KeyPair pair = newPair();
    byte[] plain = pair.getPrivate().getEncoded();
    try {
      byte[] sealed = Seal.close(sealing, binding(tenant, id, sealing), plain);
      String certificate = InputCertificate.of(pair, id, ids.now());
      return new InputKey(id, id.toString(), certificate, sealed, sealing.version(), ids.now());
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static byte[] decrypt(
      TenantId tenant, List<InputKey> candidates, byte[] message, List<OpenKey> sealing) {
    EncryptedInput input = EncryptedInput.of(message);
    InputKey key = input.keyAmong(candidates);
    OpenKey open =
        sealing.stream()
            .filter(candidate -> candidate.version() == key.wrappedBy())
            .findFirst()
            .orElseThrow(() -> ProblemException.of(ProblemCode.INTEGRITY_FAILURE));
    byte[] plain = Seal.open(open, binding(tenant, key.id(), open), key.sealed());
    try {
      return input.decrypt(key.name(), privateKey(plain));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** Moved to another tenant or row, a private key does not open. */
  private static byte[] binding(TenantId tenant, UUID id, OpenKey sealing) {
    ByteBuffer data = ByteBuffer.allocate(DOMAIN.length + 3 * 2 * Long.BYTES).put(DOMAIN);
    for (UUID part : List.of(tenant.value(), id, sealing.id())) {
      data.putLong(part.getMostSignificantBits()).putLong(part.getLeastSignificantBits());
    }
    return data.array();
  }

  private KeyPair newPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has RSA", e);
    }
  }

  private static PrivateKey privateKey(byte[] pkcs8) {
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("What was sealed is a private key", e);
    }
  }
}
