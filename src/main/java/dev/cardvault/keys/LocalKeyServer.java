package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jboss.logging.Logger;

/**
 * A key server for trying things out: its KEKs lie in a file on the same machine as what they
 * protect, so it is not for cardholder data. AES-256-GCM with the context as associated data.
 */
final class LocalKeyServer implements KeyServer {

  private static final Logger LOG = Logger.getLogger(LocalKeyServer.class);
  private static final Pattern WRAPPED =
      Pattern.compile("local:v([1-9][0-9]{0,8}):([A-Za-z0-9+/=]+)");

  private static final String LOG_KEY = "audit-log";

  private final LocalKeystore keystore;
  private final SecureRandom random;
  private final Clock clock;
  private final KeyThreads threads;

  LocalKeyServer(Path file, SecureRandom random, Clock clock, KeyThreads threads) {
    this.keystore = new LocalKeystore(file);
    this.random = random;
    this.clock = clock;
    this.threads = threads;
    LOG.warn(
        "Keys are wrapped by the local key server, whose own keys lie in a file on this machine:"
            + " it is not for cardholder data");
  }

  @Override
  public CompletionStage<DataKey> makeDataKey(KeyContext context) {
    return threads.blocking(
        () -> {
          byte[] bytes = new byte[KeyBytes.LENGTH];
          random.nextBytes(bytes);
          return new DataKey(KeyBytes.takeOwnershipOf(bytes), wrap(context, bytes));
        });
  }

  @Override
  public CompletionStage<KeyBytes> unwrap(BoundKey key) {
    return threads.blocking(() -> open(key));
  }

  @Override
  public CompletionStage<List<Optional<WrappedKey>>> rewrap(TenantId tenant, List<BoundKey> keys) {
    if (keys.size() > MAX_REWRAP) {
      throw new IllegalArgumentException("At most " + MAX_REWRAP + " keys at a time");
    }
    return threads.blocking(() -> keys.stream().map(this::rewrap).toList());
  }

  @Override
  public CompletionStage<Void> createKek(TenantId tenant) {
    return change(tenant, Map::isEmpty);
  }

  @Override
  public CompletionStage<Void> rotateKek(TenantId tenant) {
    return threads
        .blocking(() -> newest("rotate KEK", tenant))
        .thenCompose(there -> change(tenant, versions -> true));
  }

  @Override
  public CompletionStage<Kek> kek(TenantId tenant) {
    return threads.blocking(
        () -> {
          SortedMap<Integer, Instant> times = new TreeMap<>();
          versions("read KEK", tenant, true)
              .forEach((number, version) -> times.put(number, version.createdAt()));
          return new Kek(times.lastKey(), times);
        });
  }

  /** Makes the first one where there is none. */
  @Override
  public CompletionStage<List<LogKey>> logKeys() {
    return threads.blocking(
        () ->
            guarded("read log keys", this::logSeeds).entrySet().stream()
                .map(entry -> logKey(entry.getKey(), entry.getValue()))
                .toList());
  }

  private SortedMap<Integer, LocalKeystore.Version> logSeeds() throws IOException {
    SortedMap<Integer, LocalKeystore.Version> seeds = keystore.freshVersions(LOG_KEY);
    if (seeds.isEmpty()) {
      addVersion(LOG_KEY, Map::isEmpty);
      seeds = keystore.versions(LOG_KEY);
    }
    return seeds;
  }

  private static LogKey logKey(int number, LocalKeystore.Version version) {
    byte[] key = new Ed25519PrivateKeyParameters(version.key(), 0).generatePublicKey().getEncoded();
    return new LogKey(number, key, version.createdAt());
  }

  @Override
  public CompletionStage<byte[]> signLog(int version, byte[] message) {
    return threads.blocking(
        () -> {
          LocalKeystore.Version seed =
              guarded("sign log", () -> keystore.versions(LOG_KEY)).get(version);
          if (seed == null) {
            throw new KeyServerException(KeyServerException.Kind.NOT_FOUND, "sign log", 0);
          }
          Ed25519Signer signer = new Ed25519Signer();
          signer.init(true, new Ed25519PrivateKeyParameters(seed.key(), 0));
          signer.update(message, 0, message.length);
          return signer.generateSignature();
        });
  }

  /** A file needs no unsealing. */
  @Override
  public CompletionStage<KeyServerHealth> health() {
    return threads
        .blocking(() -> guarded("health", () -> keystore.freshVersions("")))
        .thenApply(read -> KeyServerHealth.OK)
        .exceptionally(failure -> KeyServerHealth.UNAVAILABLE);
  }

  private Optional<WrappedKey> rewrap(BoundKey key) {
    try (KeyBytes opened = open(key)) {
      return Optional.of(wrap(key.context(), opened.bytes()));
    } catch (KeyServerException doesNotOpen) {
      if (doesNotOpen.kind() == KeyServerException.Kind.MISMATCH) {
        return Optional.empty();
      }
      throw doesNotOpen;
    }
  }

  private WrappedKey wrap(KeyContext context, byte[] bytes) {
    int version = newest("make data key", context.tenant());
    byte[] sealed = new byte[Engine.IV_LENGTH + bytes.length + Engine.TAG_LENGTH];
    withKek(
        "make data key",
        context.tenant(),
        version,
        engine -> {
          engine.encrypt(context.bytes(), bytes, sealed, 0);
          return sealed;
        });
    String text = "local:v" + version + ":" + Base64.getEncoder().encodeToString(sealed);
    return new WrappedKey(text, version);
  }

  private KeyBytes open(BoundKey key) {
    Matcher parts = WRAPPED.matcher(key.wrapped().text());
    if (!parts.matches()) {
      throw mismatch();
    }
    byte[] sealed = decoded(parts.group(2));
    byte[] opened =
        withKek(
            "unwrap",
            key.context().tenant(),
            Integer.parseInt(parts.group(1)),
            engine -> engine.decrypt(key.context().bytes(), sealed, 0));
    if (opened == null) {
      throw mismatch();
    }
    return KeyBytes.takeOwnershipOf(opened);
  }

  private static byte[] decoded(String base64) {
    try {
      byte[] sealed = Base64.getDecoder().decode(base64);
      if (sealed.length == Engine.IV_LENGTH + KeyBytes.LENGTH + Engine.TAG_LENGTH) {
        return sealed;
      }
    } catch (IllegalArgumentException notBase64) {
      // Told below, like any other text that is not a wrapped key.
    }
    throw mismatch();
  }

  private <R> R withKek(String operation, TenantId tenant, int number, Function<Engine, R> work) {
    LocalKeystore.Version version = versions(operation, tenant, false).get(number);
    if (version == null) {
      version = versions(operation, tenant, true).get(number);
    }
    if (version == null) {
      throw mismatch();
    }
    try (KeyBytes kek = KeyBytes.takeOwnershipOf(version.key().clone())) {
      Engine engine = new Engine(new WipeableKey(kek, "AES"), random);
      try {
        return work.apply(engine);
      } finally {
        engine.wipe();
      }
    }
  }

  private int newest(String operation, TenantId tenant) {
    return versions(operation, tenant, false).lastKey();
  }

  private SortedMap<Integer, LocalKeystore.Version> versions(
      String operation, TenantId tenant, boolean fresh) {
    String name = nameOf(tenant);
    SortedMap<Integer, LocalKeystore.Version> versions =
        guarded(operation, () -> fresh ? keystore.freshVersions(name) : keystore.versions(name));
    if (versions.isEmpty()) {
      throw new KeyServerException(KeyServerException.Kind.NOT_FOUND, operation, 0);
    }
    return versions;
  }

  private CompletionStage<Void> change(
      TenantId tenant, Predicate<SortedMap<Integer, LocalKeystore.Version>> when) {
    return threads
        .blocking(() -> guarded("change KEK", () -> addVersion(nameOf(tenant), when)))
        .thenAccept(changed -> {});
  }

  private boolean addVersion(String key, Predicate<SortedMap<Integer, LocalKeystore.Version>> when)
      throws IOException {
    keystore.change(
        key,
        versions -> {
          if (when.test(versions)) {
            versions.put(versions.isEmpty() ? 1 : versions.lastKey() + 1, newVersion());
          }
          return versions;
        });
    return true;
  }

  private LocalKeystore.Version newVersion() {
    byte[] key = new byte[KeyBytes.LENGTH];
    random.nextBytes(key);
    return new LocalKeystore.Version(clock.instant().getEpochSecond(), key);
  }

  private static String nameOf(TenantId tenant) {
    return "pan-kek-" + tenant;
  }

  private static KeyServerException mismatch() {
    return new KeyServerException(KeyServerException.Kind.MISMATCH, "unwrap", 0);
  }

  // What a parser says of the file may quote a key, so it is not passed on.
  private static <R> R guarded(String operation, FileWork<R> work) {
    try {
      return work.run();
    } catch (IOException unreadable) {
      LOG.errorf("The keystore cannot be used: %s", unreadable.getClass().getSimpleName());
      throw new KeyServerException(KeyServerException.Kind.FAILED, operation, 0);
    }
  }

  /** Something that reads or writes the file. */
  private interface FileWork<R> {
    R run() throws IOException;
  }
}
