package dev.cardvault.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Passes requests on to a real key server, and answers some of them with what no such server says.
 */
final class LyingKeyServer implements AutoCloseable {

  /** What may become of a good answer with a key in it. */
  enum Lie {
    TRUNCATED(200, body -> body.substring(0, body.length() / 2)),
    HTML(200, body -> "<html><body>Welcome</body></html>"),
    EMPTY(200, body -> ""),
    NO_DATA(200, body -> "{\"data\":null}"),
    AN_ARRAY(200, body -> "[1,2,3]"),
    SHORT_KEY(200, body -> withKey(body, new byte[16])),
    OTHER_KEY(200, body -> withKey(body, new byte[32])),
    NO_BASE64(200, body -> body.replaceFirst("\"plaintext\":\"[^\"]*\"", "\"plaintext\":\"%%\"")),
    A_TEAPOT(418, body -> "{\"errors\":[\"zebra\"]}"),
    A_REDIRECT(302, body -> "");

    private final int status;
    private final UnaryOperator<String> change;

    Lie(int status, UnaryOperator<String> change) {
      this.status = status;
      this.change = change;
    }

    private static String withKey(String body, byte[] key) {
      return body.replaceFirst(
          "\"plaintext\":\"[^\"]*\"",
          "\"plaintext\":\"" + Base64.getEncoder().encodeToString(key) + "\"");
    }
  }

  private final KeyServer honest;
  private final HttpClient http;
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger lies = new AtomicInteger();
  private volatile String about = "";
  private volatile Lie lie = Lie.EMPTY;

  LyingKeyServer(KeyServer honest) throws IOException {
    this.honest = honest;
    this.http = HttpClient.newBuilder().sslContext(honest.identity().context()).build();
    this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(honest.identity().context()));
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** From now on, lies when asked for a path with {@code part} in it. */
  void lieAbout(String part, Lie how) {
    lie = how;
    about = part;
  }

  /** Passes everything on from now on. */
  void beHonest() {
    about = "";
  }

  /** How often it has lied. */
  int lies() {
    return lies.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(honest.address().resolve(exchange.getRequestURI()))
              .method(
                  exchange.getRequestMethod(),
                  BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
      exchange.getRequestHeaders().entrySet().stream()
          .filter(h -> h.getKey().toLowerCase(java.util.Locale.ROOT).startsWith("x-vault"))
          .forEach(h -> request.header(h.getKey(), h.getValue().get(0)));
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      int status = response.statusCode();
      String body = response.body();
      String part = about;
      if (!part.isEmpty() && exchange.getRequestURI().getPath().contains(part) && status == 200) {
        lies.incrementAndGet();
        status = lie.status;
        body = lie.change.apply(body);
        exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
      }
      byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
