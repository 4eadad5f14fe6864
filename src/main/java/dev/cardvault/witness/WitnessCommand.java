package dev.cardvault.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cardvault.ledger.NoteKey;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit-witness}: signs logs' checkpoints that continue what it signed before. */
@Command(
    name = "audit-witness",
    description =
        "Witnesses audit logs (C2SP tlog-witness): signs checkpoints that continue those it signed"
            + " before. Serves POST /add-checkpoint in plain HTTP; put TLS before it.")
public final class WitnessCommand implements Callable<Integer> {

  private static final int LONGEST = 64 * 1_024;
  private static final int THREADS = 4;
  private static final int FAILED = 1;
  private static final int METHOD_NOT_ALLOWED = 405;

  @Spec private CommandSpec spec;

  @Option(names = "--name", required = true, description = "Its name: a host and path.")
  private String name;

  @Option(
      names = "--state",
      required = true,
      description = "A folder for its key and what it signed last. Lose it, and it is another one.")
  private Path state;

  @Option(
      names = "--log",
      required = true,
      paramLabel = "KEY",
      description = "A public key of a log to witness: name+id+key. May be repeated.")
  private List<String> logs;

  @Option(names = "--host", defaultValue = "127.0.0.1", description = "Where to listen.")
  private String host;

  @Option(names = "--port", defaultValue = "8091", description = "On which port; 0 takes any.")
  private int port;

  @Override
  public Integer call() {
    try {
      Files.createDirectories(state);
      WitnessKey key = WitnessKey.in(state, name);
      Witness witness =
          new Witness(
              key,
              new WitnessMemory(state),
              logs.stream().map(NoteKey::parse).toList(),
              Clock.systemUTC());
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
      server.createContext("/add-checkpoint", exchange -> answer(exchange, witness));
      server.setExecutor(Executors.newFixedThreadPool(THREADS));
      server.start();
      spec.commandLine()
          .getOut()
          .println(key.key().text() + " at http://" + host + ":" + server.getAddress().getPort());
      spec.commandLine().getOut().flush();
      new CountDownLatch(1).await();
      return 0;
    } catch (IOException | IllegalArgumentException cannotStart) {
      spec.commandLine().getErr().println(cannotStart.getMessage());
      return FAILED;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static void answer(HttpExchange exchange, Witness witness) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, -1);
        return;
      }
      byte[] body = exchange.getRequestBody().readNBytes(LONGEST + 1);
      Reply reply =
          body.length > LONGEST
              ? Reply.malformed()
              : witness.add(new String(body, StandardCharsets.UTF_8));
      byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", reply.type());
      exchange.sendResponseHeaders(reply.status(), bytes.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    }
  }
}
