package dev.cardvault.keys;

import static dev.cardvault.keys.KeysNode.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.encryptionsdk.AwsCrypto;
import com.amazonaws.encryptionsdk.CommitmentPolicy;
import com.amazonaws.encryptionsdk.MasterKeyProvider;
import com.amazonaws.encryptionsdk.jce.JceMasterKey;
import com.amazonaws.encryptionsdk.multi.MultipleProviderFactory;
import dev.cardvault.access.TenantId;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.testing.ConnectInput;
import dev.cardvault.testing.TestDatabase;
import dev.cardvault.testing.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key pairs under which Amazon Connect encrypts. */
final class InputKeysTest {

  private static final byte[] KEYED = "4111111111111111".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;
  private final TestDatabase database = TestPostgres.shared().newDatabase();
  private final KeyThreads threads = new KeyThreads();
  private KeyServer server;
  private KeysNode node;
  private TenantId tenant;
  private InputKey key;

  @BeforeEach
  void start() {
    server =
        new LocalKeyServer(
            folder.resolve("k.json"), new SecureRandom(), Clock.systemUTC(), threads);
    node = new KeysNode(database, server, Clock.systemUTC(), System::nanoTime, Map.of());
    tenant = KeysNode.newTenant(database, server);
    key = await(node.inputKeys.make(tenant));
  }

  @AfterEach
  void stop() {
    node.close();
    threads.stop();
  }

  private byte[] message() {
    return new ConnectInput(key.certificate(), key.name()).bytes("4111111111111111");
  }

  private byte[] decrypt(TenantId whose, InputKey with, byte[] message) {
    return await(node.inputKeys.decrypt(whose, List.of(with), message));
  }

  private ProblemCode refusal(TenantId whose, InputKey with, byte[] message) {
    return assertThrows(ProblemException.class, () -> decrypt(whose, with, message)).code();
  }

  @Test
  void opensWhatTheSdkEncrypted() {
    assertArrayEquals(KEYED, decrypt(tenant, key, message()));
  }

  @Test
  void anotherNodeOpensItWithWhatIsStored() {
    try (KeysNode other =
        new KeysNode(database, server, Clock.systemUTC(), System::nanoTime, Map.of())) {
      assertArrayEquals(KEYED, await(other.inputKeys.decrypt(tenant, List.of(key), message())));
    }
  }

  @Test
  void aStoredKeyIsOfNoUseWithoutItsManagedKey() {
    String stored = new String(key.sealed(), StandardCharsets.ISO_8859_1);
    // What every RSA key in PKCS #8 has near its start: the object identifier of RSA.
    assertTrue(!stored.contains("\u002a\u0086\u0048\u0086\u00f7\r\u0001\u0001\u0001"));
    assertEquals(1, node.store.active(tenant, KeyPurpose.CONNECTOR).size());
  }

  @Test
  void aKeyThatWasMovedDoesNotOpen() {
    InputKey elsewhere =
        new InputKey(
            UUID.randomUUID(),
            key.name(),
            key.certificate(),
            key.sealed(),
            key.wrappedBy(),
            key.createdAt());
    assertEquals(ProblemCode.INTEGRITY_FAILURE, refusal(tenant, elsewhere, message()));
    TenantId other = KeysNode.newTenant(database, server);
    assertEquals(ProblemCode.INTEGRITY_FAILURE, refusal(other, key, message()));
  }

  @Test
  void whateverIsBrokenIsToldInOneWay() {
    byte[] whole = message();
    Set<ProblemCode> told = EnumSet.noneOf(ProblemCode.class);
    for (int i = 0; i < whole.length; i += 5) {
      byte[] broken = whole.clone();
      broken[i] ^= (byte) (1 << (i % 8));
      told.add(refusal(tenant, key, broken));
      told.add(refusal(tenant, key, Arrays.copyOf(whole, i)));
    }
    assertEquals(EnumSet.of(ProblemCode.INPUT_UNREADABLE, ProblemCode.INPUT_KEY_UNKNOWN), told);
    byte[] last = whole.clone();
    last[whole.length - 1] ^= 1;
    assertEquals(ProblemCode.INPUT_UNREADABLE, refusal(tenant, key, last));
  }

  @Test
  void noiseIsRefused() {
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < 2000; i++) {
      byte[] noise = new byte[i % 300];
      random.nextBytes(noise);
      if (noise.length > 2) {
        // As far as the parser follows.
        noise[0] = 1;
        noise[1] = (byte) 0x80;
      }
      ProblemCode code = refusalOf(noise);
      assertTrue(
          code == ProblemCode.INPUT_UNREADABLE || code == ProblemCode.INPUT_KEY_UNKNOWN,
          code.code());
    }
    assertEquals(ProblemCode.INPUT_UNREADABLE, refusalOf(new byte[100_000]));
  }

  private ProblemCode refusalOf(byte[] message) {
    return assertThrows(
            ProblemException.class, () -> EncryptedInput.of(message).keyAmong(List.of(key)))
        .code();
  }

  @Test
  @SuppressWarnings("NullAway") // No private key is needed to encrypt.
  void aMessageForManyKeysIsRefused() throws Exception {
    List<JceMasterKey> many = new ArrayList<>();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    for (int i = 0; i < 3; i++) {
      KeyPair pair = generator.generateKeyPair();
      many.add(
          JceMasterKey.getInstance(
              pair.getPublic(),
              null,
              "AmazonConnect",
              "k" + i,
              "RSA/ECB/OAEPWithSHA-512AndMGF1Padding"));
    }
    MasterKeyProvider<?> all = MultipleProviderFactory.buildMultiProvider(many);
    byte[] message =
        AwsCrypto.builder()
            .withCommitmentPolicy(CommitmentPolicy.ForbidEncryptAllowDecrypt)
            .build()
            .encryptData(all, KEYED, Map.of())
            .getResult();
    assertEquals(ProblemCode.INPUT_UNREADABLE, refusalOf(message));
  }
}
