package dev.cardvault.faults;

import dev.cardvault.testing.Credentials;
import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.ServiceNode;
import dev.cardvault.testing.TcpProxy;
import dev.cardvault.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A database with two tenants, one or more nodes of the service on it, and their clients. */
final class Stage implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);
  private static @Nullable Stage shared;

  private final World world = World.get();
  private final TestDatabase database;
  private final Builder settings;
  private final @Nullable TcpProxy toPostgres;
  private final @Nullable TcpProxy toVault;
  private final List<ServiceNode> nodes = new CopyOnWriteArrayList<>();
  private @Nullable VaultClient client;
  private @Nullable VaultClient otherTenant;

  private Stage(Builder settings) {
    this.settings = settings;
    this.database = settings.database == null ? world.newDatabase() : settings.database;
    this.toPostgres = settings.proxied ? TcpProxy.to("localhost", world.postgres().port()) : null;
    this.toVault = settings.proxied ? TcpProxy.to("127.0.0.1", world.keyServer().port()) : null;
    // Side by side: a start is mostly waiting for a core.
    for (int i = 0; i < settings.nodes; i++) {
      launchNode();
    }
    nodes.forEach(node -> node.awaitListening().awaitReady(START));
    if (!nodes.isEmpty()) {
      client = new VaultClient(() -> node().api(), world.credentials()).login();
      otherTenant = new VaultClient(() -> node().api(), world.otherCredentials()).login();
    }
  }

  /** One for tests that leave it as good as they found it. */
  static synchronized Stage shared() {
    if (shared == null) {
      shared = own().start();
    }
    // Another test may have restarted Postgres; whose connection that broke is told so once.
    VaultClient client = shared.client();
    Eventually.await("access tokens", START, () -> client.requestToken("ivr").status() == 200);
    // Those of the first test may have run out by now.
    client.login();
    shared.otherTenant().login();
    Eventually.await(
        "service",
        START,
        () ->
            client
                    .tokenize(Cards.number(0))
                    .thenCombine(
                        client.detokenize("0", "warm"),
                        (made, unknown) -> made.succeeded() && unknown.status() == 404)
                    .join()
                && client.get("ivr", "/v1/tokens").join().status() == 200);
    return shared;
  }

  /** One of a test's own, to break. */
  static Builder own() {
    return new Builder();
  }

  World world() {
    return world;
  }

  TestDatabase database() {
    return database;
  }

  ServiceNode node() {
    return node(0);
  }

  ServiceNode node(int index) {
    return nodes.get(index);
  }

  /** The clients of the first tenant, at the first node. */
  VaultClient client() {
    return Objects.requireNonNull(client);
  }

  /** The clients of the second tenant, at the first node. */
  VaultClient otherTenant() {
    return Objects.requireNonNull(otherTenant);
  }

  Credentials credentials() {
    return world.credentials();
  }

  /** The id of the first tenant. */
  String tenant() {
    return Sql.ask(database, "SELECT id FROM tenant WHERE name = '" + World.TENANT + "'");
  }

  TcpProxy toPostgres() {
    return Objects.requireNonNull(toPostgres);
  }

  TcpProxy toVault() {
    return Objects.requireNonNull(toVault);
  }

  /** One more node, ready. */
  ServiceNode startNode() {
    return launchNode().awaitListening().awaitReady(START);
  }

  /** One more node, which listens and may not be ready. */
  ServiceNode startUnreadyNode() {
    return launchNode().awaitListening();
  }

  /** One more node, for which nobody waits. */
  ServiceNode launchNode() {
    return launchNode(Map.of());
  }

  /** One more node with other settings, for which nobody waits. */
  ServiceNode launchNode(Map<String, String> environment) {
    ServiceNode node = starter(environment).launch();
    nodes.add(node);
    return node;
  }

  /** A command on this stage's database, for which nobody waits. */
  ServiceNode command(String... arguments) {
    return starter(Map.of()).arguments(arguments).launch();
  }

  private ServiceNode.Starter starter(Map<String, String> environment) {
    int vaultPort = toVault == null ? world.keyServer().port() : toVault.port();
    String url =
        toPostgres == null
            ? database.url()
            : new TestDatabase(toPostgres.port(), database.name()).url();
    ServiceNode.Starter starter =
        ServiceNode.with()
            .env(World.databaseEnvironment(url))
            .env(world.keyServer().environment(vaultPort))
            .env(settings.environment)
            .env(environment);
    settings.flags.forEach(starter::flag);
    return starter;
  }

  HistoryCheck check(History history) {
    return check(history, client());
  }

  HistoryCheck check(History history, VaultClient survivor) {
    return new HistoryCheck(history, survivor, database);
  }

  @Override
  public void close() {
    nodes.stream().filter(ServiceNode::isAlive).forEach(ServiceNode::close);
    if (toPostgres != null) {
      toPostgres.close();
    }
    if (toVault != null) {
      toVault.close();
    }
  }

  /** Collects what a stage is made of. */
  static final class Builder {
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> flags = new ArrayList<>();
    private boolean proxied;
    private @Nullable TestDatabase database;
    private int nodes = 1;

    /** Puts proxies before Postgres and the key server. */
    Builder proxied() {
      proxied = true;
      return this;
    }

    /** Takes a database that is there already. */
    Builder on(TestDatabase existing) {
      database = existing;
      return this;
    }

    Builder nodes(int count) {
      nodes = count;
      return this;
    }

    Builder env(String name, String value) {
      environment.put(name, value);
      return this;
    }

    Builder flag(String flag) {
      flags.add(flag);
      return this;
    }

    Stage start() {
      return new Stage(this);
    }
  }
}
