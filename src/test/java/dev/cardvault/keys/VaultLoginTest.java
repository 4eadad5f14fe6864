package dev.cardvault.keys;

import static dev.cardvault.keys.KeysNode.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cardvault.access.TenantId;
import dev.cardvault.keys.KeyServerException.Kind;
import dev.cardvault.testing.Patience;
import dev.cardvault.testing.RealVault;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways to log in that take their credential from a file which others keep fresh. */
final class VaultLoginTest {

  private static final String DATA_KEY = "/v1/transit/datakey/";
  private static final String FOUND =
      "{\"data\":{\"plaintext\":\"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=\","
          + "\"ciphertext\":\"vault:v1:AAAA\"}}";

  private final StubVault vault = new StubVault();
  private final Vertx vertx = Vertx.vertx();
  private final KeyThreads threads = new KeyThreads();
  private final KeyContext context =
      new KeyContext(KeyPurpose.PAN, new TenantId(UUID.randomUUID()), UUID.randomUUID());
  @TempDir private Path folder = Path.of("");

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    threads.stop();
    vault.close();
  }

  @Test
  void showsTheServiceAccountsTokenAndItsRole() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "first.account.token\n");
    KeyServer server = server(vault.address(), kubernetes(file));
    vault.answer(DATA_KEY, 200, FOUND);

    makeKey(server);

    assertTrue(vault.lastLogin.contains("\"role\":\"cardvault\""), vault.lastLogin);
    assertTrue(vault.lastLogin.contains("\"jwt\":\"first.account.token\""), vault.lastLogin);
  }

  @Test
  void readsTheServiceAccountsTokenAnewAtEachLogin() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "first.account.token");
    KeyServer server = server(vault.address(), kubernetes(file));
    vault.answer(DATA_KEY, 200, FOUND);
    makeKey(server);

    Files.writeString(file, "second.account.token");
    vault.revoke();
    Patience.until(() -> works(server));

    assertTrue(vault.lastLogin.contains("\"jwt\":\"second.account.token\""), vault.lastLogin);
  }

  @Test
  void isDeniedWhenVaultDoesNotTakeTheServiceAccount() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "some.account.token");
    vault.loginStatus = 400;
    assertEquals(Kind.DENIED, failure(server(vault.address(), kubernetes(file))).kind());
    vault.loginStatus = 403;
    assertEquals(Kind.DENIED, failure(server(vault.address(), kubernetes(file))).kind());
  }

  @Test
  void isDeniedWithoutATokenInTheFile() throws IOException {
    Path file = folder.resolve("none");
    assertEquals(Kind.DENIED, failure(server(vault.address(), kubernetes(file))).kind());
    Files.writeString(file, "\n");
    assertEquals(Kind.DENIED, failure(server(vault.address(), kubernetes(file))).kind());
    assertEquals(0, vault.logins.get());
  }

  @Test
  void takesTheTokenThatAnAgentPutsIntoAFile() throws IOException {
    Path file = folder.resolve("token");
    KeyServer server = server(vault.address(), Map.of("vault.token-file", file.toString()));
    vault.answer(DATA_KEY, 200, FOUND);
    assertEquals(Kind.DENIED, failure(server).kind());

    Files.writeString(file, "of-the-agent\n");
    vault.accept("of-the-agent");
    Patience.until(() -> works(server));

    Files.writeString(file, "its-next-one\n");
    vault.accept("its-next-one");
    Patience.until(() -> works(server));
    assertEquals(0, vault.logins.get());
  }

  /** A session made by Kubernetes authentication is renewed and used at a real Vault. */
  @Test
  void worksAtARealVaultOnceItsClusterVouchesForTheAccount() throws IOException {
    RealVault real = RealVault.shared();
    TenantId tenant = new TenantId(UUID.randomUUID());
    real.createKek(tenant.value());
    Path file = Files.writeString(folder.resolve("token"), "known.account.token");
    try (Cluster cluster = new Cluster(real, "known.account.token")) {
      KeyServer server = server(cluster.address(), kubernetes(file));
      await(server.makeDataKey(new KeyContext(KeyPurpose.PAN, tenant, UUID.randomUUID())))
          .bytes()
          .close();

      Files.writeString(file, "another.account.token");
      assertEquals(Kind.DENIED, failure(server(cluster.address(), kubernetes(file))).kind());
    }
  }

  private static Map<String, String> kubernetes(Path file) {
    return Map.of(
        "vault.kubernetes-role", "cardvault", "vault.kubernetes-token-file", file.toString());
  }

  private KeyServer server(String address, Map<String, String> login) {
    Map<String, String> settings = new HashMap<>(login);
    settings.put("vault.address", address);
    return KeyServers.transit(TestConfig.of(settings).vault(), vertx, threads);
  }

  private void makeKey(KeyServer server) {
    await(server.makeDataKey(context)).bytes().close();
  }

  private boolean works(KeyServer server) {
    try {
      makeKey(server);
      return true;
    } catch (KeyServerException notYet) {
      return false;
    }
  }

  private KeyServerException failure(KeyServer server) {
    return assertThrows(KeyServerException.class, () -> makeKey(server));
  }

  /**
   * What stands between the service and a real Vault: it answers logins as Vault's plugin for
   * Kubernetes does, with a token of that Vault, and passes everything else on.
   */
  private static final class Cluster implements AutoCloseable {

    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    Cluster(RealVault real, String account) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/v1/auth/kubernetes/login",
          exchange -> {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean known = body.contains(account) && body.contains("\"role\":\"cardvault\"");
            String answer =
                known
                    ? "{\"auth\":{\"client_token\":\"%s\",\"lease_duration\":3600,\"renewable\":true}}"
                        .formatted(real.token("cardvault-app"))
                    : "{\"errors\":[\"permission denied\"]}";
            answer(exchange, known ? 200 : 403, answer.getBytes(StandardCharsets.UTF_8));
          });
      server.createContext("/", exchange -> pass(real, exchange));
      server.start();
    }

    String address() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void pass(RealVault real, HttpExchange exchange) throws IOException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(real.address() + exchange.getRequestURI()))
              .method(
                  exchange.getRequestMethod(),
                  HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
      String token = exchange.getRequestHeaders().getFirst("X-Vault-Token");
      if (token != null) {
        request.header("X-Vault-Token", token);
      }
      try {
        HttpResponse<byte[]> answer =
            client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        answer(exchange, answer.statusCode(), answer.body());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
      try (exchange) {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
      }
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
