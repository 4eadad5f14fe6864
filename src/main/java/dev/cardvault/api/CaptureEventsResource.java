package dev.cardvault.api;

import dev.cardvault.capture.CaptureView;
import dev.cardvault.sessions.Captures;
import dev.cardvault.sessions.NumberedEvent;
import dev.cardvault.sessions.Watcher;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.jspecify.annotations.Nullable;

/** What happens to a capture, as it happens (WHATWG HTML, 9.2 Server-sent events). */
@Path("/v1/captures/{capture}/events")
final class CaptureEventsResource {

  /** A watcher who is that many events behind is cut off, and may come back. */
  private static final int MOST_BEHIND = 512;

  /** Below the time after which an idle connection is closed, and a silent node given up. */
  private static final long SIGN_OF_LIFE_MILLIS = 5_000;

  private final Captures captures;

  CaptureEventsResource(Captures captures) {
    this.captures = captures;
  }

  /** The events of a capture; those after {@code Last-Event-ID}, where they are remembered. */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Public("The secret of an observer or of an agent's screen lets in")
  public Multi<OutboundSseEvent> events(
      @PathParam("capture") String capture,
      @HeaderParam("Last-Event-ID") @Nullable String lastSeen,
      @Context Sse sse,
      @Context RoutingContext routing) {
    String secret = Bearer.of(routing.request());
    long seen = numberOf(lastSeen);
    // Refused before the stream begins, or not at all.
    captures.snapshot(capture, secret);
    routing.response().putHeader("Cache-Control", "no-store");
    Vertx vertx = routing.vertx();
    return Multi.createFrom()
        .emitter(
            emitter -> {
              Listener listener = new Listener(emitter, sse);
              Runnable stop = captures.watch(capture, secret, seen, listener);
              long timer = vertx.setPeriodic(SIGN_OF_LIFE_MILLIS, id -> listener.live());
              emitter.onTermination(
                  () -> {
                    vertx.cancelTimer(timer);
                    stop.run();
                  });
            },
            MOST_BEHIND);
  }

  /** The number of an event; negative when there is none. */
  static long numberOf(@Nullable String id) {
    return id != null && id.matches("[0-9]{1,9}") ? Long.parseLong(id) : -1;
  }

  private static final class Listener implements Watcher {
    private final MultiEmitter<? super OutboundSseEvent> emitter;
    private final Sse sse;

    Listener(MultiEmitter<? super OutboundSseEvent> emitter, Sse sse) {
      this.emitter = emitter;
      this.sse = sse;
    }

    @Override
    public void stands(long number, CaptureView view) {
      emit(StreamedEvent.snapshot(number, view));
    }

    @Override
    public void happened(NumberedEvent event) {
      emit(StreamedEvent.of(event));
    }

    @Override
    public void ended() {
      emitter.complete();
    }

    void live() {
      emitter.emit(sse.newEventBuilder().comment("live").build());
    }

    private void emit(StreamedEvent event) {
      emitter.emit(
          sse.newEventBuilder()
              .id(Long.toString(event.id()))
              .name(event.type())
              .mediaType(MediaType.TEXT_PLAIN_TYPE)
              .data(String.class, event.json())
              .build());
    }
  }
}
