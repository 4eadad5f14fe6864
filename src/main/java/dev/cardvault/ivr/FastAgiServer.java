package dev.cardvault.ivr;

import dev.cardvault.connectors.FastAgiConfig;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Listens for Asterisk, where that is switched on. */
@ApplicationScoped
public class FastAgiServer {

  private static final Logger LOG = Logger.getLogger(FastAgiServer.class);

  /** The fault is here, and the dialplan may want to try again or put the caller through. */
  private static final Map<String, String> UNAVAILABLE = Map.of("VAULT_STATUS", "unavailable");

  /** Who shows no good secret is told nothing at all. */
  private static final Set<ProblemCode> STRANGERS =
      Set.of(
          ProblemCode.MISSING_CREDENTIAL,
          ProblemCode.INVALID_CREDENTIAL,
          ProblemCode.SCOPE_MISSING,
          ProblemCode.NETWORK_DENIED,
          ProblemCode.RATE_LIMITED,
          ProblemCode.CAPTURE_NOT_FOUND,
          ProblemCode.NOT_FOUND);

  private final FastAgiConfig config;
  private final CallDoor door;
  private final Vertx vertx;
  private final AtomicInteger calls = new AtomicInteger();
  private @Nullable NetServer server;

  FastAgiServer(FastAgiConfig config, CallDoor door, Vertx vertx) {
    this.config = config;
    this.door = door;
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent starting) {
    if (!config.enabled()) {
      return;
    }
    NetServerOptions options =
        new NetServerOptions().setHost(config.host()).setPort(config.port()).setTcpNoDelay(true);
    server =
        vertx
            .createNetServer(options)
            .connectHandler(this::connected)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    LOG.infof("FastAGI listens on %s:%d", config.host(), port());
  }

  void stop(@Observes ShutdownEvent stopping) {
    if (server != null) {
      server.close();
    }
  }

  /** The port it listens on; -1 when it does not. */
  public int port() {
    return server == null ? -1 : server.actualPort();
  }

  private void connected(NetSocket socket) {
    if (calls.incrementAndGet() > config.calls()) {
      calls.decrementAndGet();
      LOG.warn("A call was turned away: there are as many as cardvault.fastagi.calls allows");
      socket.close();
      return;
    }
    Context loop = vertx.getOrCreateContext();
    AtomicReference<@Nullable Line> line = new AtomicReference<>();
    AtomicReference<@Nullable AgiConnection> connection = new AtomicReference<>();
    connection.set(
        new AgiConnection(
            socket,
            vertx,
            header -> enter(header, socket, connection, line, loop),
            () -> over(line)));
  }

  private void over(AtomicReference<@Nullable Line> line) {
    calls.decrementAndGet();
    Line mine = line.get();
    if (mine != null) {
      mine.hangUp();
    }
  }

  private void enter(
      AgiHeader header,
      NetSocket socket,
      AtomicReference<@Nullable AgiConnection> connection,
      AtomicReference<@Nullable Line> line,
      Context loop) {
    AgiConnection mine = Objects.requireNonNull(connection.get());
    CompletionStage<Line> opened;
    try {
      opened = door.open(header, addressOf(socket));
    } catch (ProblemException refused) {
      opened = CompletableFuture.failedFuture(refused);
    }
    opened.whenComplete(
        (capture, failure) ->
            loop.runOnContext(
                now -> {
                  if (failure != null) {
                    refuse(mine, ProblemException.from(failure).code());
                  } else if (mine.isOver()) {
                    capture.hangUp();
                  } else {
                    line.set(capture);
                    new AgiCall(mine, capture, vertx).run();
                  }
                }));
  }

  private static void refuse(AgiConnection connection, ProblemCode code) {
    LOG.infof("A call was refused: %s", code.code());
    if (STRANGERS.contains(code)) {
      connection.end();
    } else {
      AgiCall.tell(connection, UNAVAILABLE).onComplete(told -> connection.end());
    }
  }

  private static String addressOf(NetSocket socket) {
    var remote = socket.remoteAddress();
    String address = remote == null ? null : remote.hostAddress();
    return address == null ? "unknown" : address;
  }
}
