package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import dev.cardvault.database.Ids;
import dev.cardvault.database.Node;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.testing.TestDatabase;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** One node's keys, put together as the container does. */
final class KeysNode implements AutoCloseable {

  final KeyThreads threads = new KeyThreads();
  final KeyServer server;
  final ManagedKeyStore store;
  final KeyCaches caches;
  final PanKeys panKeys;
  final Sealer sealer;
  final Fingerprinter fingerprinter;
  final Ff1Keys ff1Keys;
  final AccessTokenKeys accessTokenKeys;
  final InputKeys inputKeys;
  final KeyRing ring;
  final KeyServerWatch watch;

  KeysNode(
      TestDatabase database,
      KeyServer server,
      Clock clock,
      LongSupplier nanoTime,
      Map<String, String> settings) {
    KeysConfig config = TestConfig.of(settings);
    SecureRandom random = new SecureRandom();
    Ids ids = new Ids(clock, random);
    this.server = server;
    this.store = new ManagedKeyStore(new TenantDatabase(database.asService()));
    this.caches = new KeyCaches(config, nanoTime);
    KeyOpener opener = new KeyOpener(server, ids, new Node(UUID.randomUUID().toString()), random);
    this.panKeys = new PanKeys(config, opener, store, threads, caches, clock);
    this.sealer = new Sealer(panKeys, caches, opener, store, threads);
    this.fingerprinter = new Fingerprinter(opener, store, threads, caches);
    this.ff1Keys = new Ff1Keys(opener, store, threads, caches);
    this.accessTokenKeys = new AccessTokenKeys(opener, store, threads, caches);
    this.inputKeys = new InputKeys(opener, store, threads, caches, random, ids);
    this.ring = new KeyRing(server, store, panKeys, threads, ids, fingerprinter, accessTokenKeys);
    this.watch =
        new KeyServerWatch(
            config,
            server,
            caches,
            panKeys,
            store,
            threads,
            new KeySetCheck(server, store, threads));
  }

  /** A tenant in the database, with a KEK. */
  static TenantId newTenant(TestDatabase database, KeyServer server) {
    TenantId tenant = new TenantId(UUID.randomUUID());
    database.execute(
        "INSERT INTO tenant (id, name) VALUES ('%s', 't%s')"
            .formatted(tenant, tenant.toString().substring(0, 8)));
    await(server.createKek(tenant));
    return tenant;
  }

  /** What the stage gives; throws what it fails with. */
  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof TimeoutException) {
        throw new AssertionError("No answer in 20 seconds", e);
      }
      throw e;
    }
  }

  @Override
  public void close() {
    threads.stop();
  }
}
