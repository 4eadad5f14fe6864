package dev.cardvault.outbox;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/** Somebody whom messages are sent to: remembers what came, and answers as it is told. */
final class Receiver implements AutoCloseable {

  /** The one address of this machine that tests may send to. */
  static final String ALLOWED = "127.0.0.2";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  /** A request that came. */
  record Call(String path, Headers headers, String body) {
    String header(String name) {
      return String.valueOf(headers.getFirst(name));
    }
  }

  /** Listens at {@code address} and answers with the status that {@code answer} says. */
  Receiver(String address, ToIntFunction<Call> answer) {
    try {
      server = HttpServer.create(new InetSocketAddress(address, 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", exchange -> answer(exchange, answer));
    server.setExecutor(threads);
    server.start();
  }

  private void answer(HttpExchange exchange, ToIntFunction<Call> answer) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Call call = new Call(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body);
    calls.add(call);
    int status = answer.applyAsInt(call);
    if (status >= 300 && status < 400) {
      exchange.getResponseHeaders().add("Location", url("/redirected"));
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  String url(String path) {
    return "http://"
        + server.getAddress().getAddress().getHostAddress()
        + ":"
        + server.getAddress().getPort()
        + path;
  }

  List<Call> calls() {
    return calls;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
