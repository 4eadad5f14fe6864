package dev.cardvault.keys;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A Vault that gives answers a real one will not. */
final class StubVault implements AutoCloseable {

  final AtomicInteger logins = new AtomicInteger();
  final AtomicInteger calls = new AtomicInteger();
  volatile int leaseSeconds = 3600;
  volatile int loginStatus = 200;
  volatile String lastLogin = "";
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private volatile @Nullable String accepted;

  /** An answer to whatever stands below a path. */
  private record Answer(int status, String body) {}

  StubVault() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/v1/auth/approle/login", this::logIn);
    server.createContext("/v1/auth/kubernetes/login", this::logIn);
    server.createContext("/v1/auth/token/renew-self", this::renew);
    server.createContext("/v1/transit/", this::call);
    server.createContext("/v1/sys/health", exchange -> answer(exchange, found("/v1/sys/health")));
    answer(
        "/v1/transit/keys/",
        200,
        "{\"data\":{\"derived\":true,\"exportable\":false,\"type\":\"aes256-gcm96\"}}");
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on, calls below {@code path} are answered so. */
  void answer(String path, int status, String body) {
    answers.put(path, new Answer(status, body));
  }

  /** Refuses every token it has given out. */
  void revoke() {
    accepted = null;
  }

  /** From now on it takes this token, which somebody else got from it. */
  void accept(String token) {
    accepted = token;
  }

  private void logIn(HttpExchange exchange) throws IOException {
    lastLogin = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String token = "token-" + logins.incrementAndGet();
    if (loginStatus == 200) {
      accepted = token;
    }
    answer(exchange, new Answer(loginStatus, auth(token)));
  }

  private void renew(HttpExchange exchange) throws IOException {
    String token = exchange.getRequestHeaders().getFirst("X-Vault-Token");
    boolean known = token.equals(accepted) && answers.get("/v1/auth/token/renew-self") == null;
    answer(exchange, known ? new Answer(200, auth(token)) : new Answer(403, "{\"errors\":[]}"));
  }

  private String auth(String token) {
    return """
    {"auth":{"client_token":"%s","lease_duration":%d,"renewable":true}}\
    """
        .formatted(token, leaseSeconds);
  }

  private void call(HttpExchange exchange) throws IOException {
    calls.incrementAndGet();
    String token = exchange.getRequestHeaders().getFirst("X-Vault-Token");
    if (token == null || !token.equals(accepted)) {
      answer(exchange, new Answer(403, "{\"errors\":[\"permission denied\"]}"));
    } else {
      answer(exchange, found(exchange.getRequestURI().getPath()));
    }
  }

  private Answer found(String path) {
    return answers.entrySet().stream()
        .filter(entry -> path.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(new Answer(404, "{\"errors\":[]}"));
  }

  private static void answer(HttpExchange exchange, Answer answer) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
