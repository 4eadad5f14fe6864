package dev.cardvault.api;

import dev.cardvault.capture.CaptureView;
import dev.cardvault.sessions.Captures;
import dev.cardvault.sessions.NumberedEvent;
import dev.cardvault.sessions.Watcher;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.PathParam;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The same events as {@link CaptureEventsResource} sends, one a message, over a WebSocket. */
@WebSocket(path = CaptureSocket.PATH)
class CaptureSocket {

  static final String PATH = "/v1/captures/{capture}/socket";

  private final Captures captures;
  private final Map<String, Runnable> stops = new ConcurrentHashMap<>();

  CaptureSocket(Captures captures) {
    this.captures = captures;
  }

  @OnOpen
  void open(WebSocketConnection connection, @PathParam String capture) {
    var handshake = connection.handshakeRequest();
    String secret =
        SocketSecret.of(
            handshake.header("Authorization"), handshake.header(SocketSecret.SUBPROTOCOL_HEADER));
    long seen = CaptureEventsResource.numberOf(handshake.header("Last-Event-ID"));
    stops.put(connection.id(), captures.watch(capture, secret, seen, new Listener(connection)));
  }

  @OnClose
  void close(WebSocketConnection connection) {
    Runnable stop = stops.remove(connection.id());
    if (stop != null) {
      stop.run();
    }
  }

  private record Listener(WebSocketConnection connection) implements Watcher {

    @Override
    public void stands(long number, CaptureView view) {
      send(StreamedEvent.snapshot(number, view));
    }

    @Override
    public void happened(NumberedEvent event) {
      send(StreamedEvent.of(event));
    }

    @Override
    public void ended() {
      connection.close().subscribe().with(closed -> {}, gone -> {});
    }

    private void send(StreamedEvent event) {
      connection.sendText(event.json()).subscribe().with(sent -> {}, gone -> {});
    }
  }
}
