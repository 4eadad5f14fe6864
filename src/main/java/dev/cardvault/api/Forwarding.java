package dev.cardvault.api;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.sessions.Whereabouts;
import dev.cardvault.sessions.Whereabouts.Place;
import io.netty.buffer.ByteBuf;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Passes requests for a capture on to the node that holds it, as they are, and their answers back.
 * The other node looks at the credentials itself; what it takes this one's word for is where the
 * request came from.
 */
@Singleton
final class Forwarding {

  /** Where the request came from, when a node said so; nobody else can set it. */
  static final String SOURCE = "Cardvault-Source";

  private static final Pattern OF_A_CAPTURE = Pattern.compile("/v1/captures/([^/]{1,100})(/.*)?");

  /** Right after what turns strange requests away. */
  private static final int THIRD = 980;

  private static final int CONNECT_MILLIS = 1_000;

  /** A node that lives has an answer sooner; keys wait a second for those before them. */
  private static final long ANSWER_MILLIS = 3_000;

  /** Longer than the pause between two signs of life of a stream. */
  private static final long SILENCE_MILLIS = 10_000;

  private final Whereabouts whereabouts;
  private final Clock clock;
  private final HttpClient client;

  Forwarding(Whereabouts whereabouts, Clock clock, Vertx vertx) {
    this.whereabouts = whereabouts;
    this.clock = clock;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setMaxPoolSize(256));
  }

  void register(@Observes Filters filters) {
    filters.register(this::pass, THIRD);
  }

  private void pass(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    request.headers().remove(SOURCE);
    String said = request.getHeader(NodeProof.HEADER);
    if (said != null) {
      receive(routing, said);
      return;
    }
    Matcher path = OF_A_CAPTURE.matcher(String.valueOf(request.path()));
    if (!path.matches() || whereabouts.isHere(path.group(1))) {
      routing.next();
      return;
    }
    then(
        routing,
        whereabouts.find(path.group(1)),
        place -> {
          if (place.isEmpty()) {
            request.resume();
            routing.next();
          } else {
            passOn(routing, place.get());
          }
        });
  }

  /** From another node: never passed on again. */
  private void receive(RoutingContext routing, String said) {
    HttpServerRequest request = routing.request();
    Optional<NodeProof> claim =
        NodeProof.parse(said).filter(proof -> proof.isFresh(clock.millis()));
    if (claim.isEmpty()) {
      refuse(routing);
      return;
    }
    NodeProof proof = claim.get();
    byte[] what =
        NodeProof.said(request.method().name(), request.uri(), proof.millis(), proof.source());
    then(
        routing,
        whereabouts.isProven(proof.tenant(), what, proof.proof()),
        proven -> {
          if (proven) {
            request.headers().set(SOURCE, proof.source());
            routing.next();
          } else {
            refuse(routing);
          }
        });
  }

  private static void refuse(RoutingContext routing) {
    ProblemAnswer.sendAndClose(routing, ProblemException.of(ProblemCode.INVALID_CREDENTIAL));
  }

  /**
   * Goes on with {@code stage} on the request's own event loop; its body waits meanwhile. A request
   * for a WebSocket goes on waiting: its end, once read, could not be read by who upgrades it.
   */
  private static <T> void then(RoutingContext routing, CompletionStage<T> stage, Consumer<T> next) {
    HttpServerRequest request = routing.request();
    Context context = routing.vertx().getOrCreateContext();
    request.pause();
    stage.whenComplete(
        (value, failure) ->
            context.runOnContext(
                ready -> {
                  if (!wantsSocket(request)) {
                    request.resume();
                  }
                  if (failure == null) {
                    next.accept(value);
                  } else {
                    ProblemAnswer.sendAndClose(routing, ProblemMapper.problemOf(failure));
                  }
                }));
  }

  private void passOn(RoutingContext routing, Place place) {
    HttpServerRequest request = routing.request();
    String source = SourceAddress.of(request);
    long now = clock.millis();
    then(
        routing,
        whereabouts.proof(
            place.tenant(), NodeProof.said(request.method().name(), request.uri(), now, source)),
        proof -> {
          String header = new NodeProof(place.tenant(), now, source, proof).text();
          if (wantsSocket(request)) {
            bridge(routing, place.address(), header);
          } else {
            request
                .body()
                .onSuccess(body -> send(routing, place.address(), header, body))
                .onFailure(cut -> request.connection().close());
          }
        });
  }

  private static boolean wantsSocket(HttpServerRequest request) {
    return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
  }

  private void send(RoutingContext routing, URI address, String proof, Buffer body) {
    HttpServerRequest request = routing.request();
    RequestOptions options =
        new RequestOptions()
            .setMethod(request.method())
            .setAbsoluteURI(target(address, request))
            .setIdleTimeout(SILENCE_MILLIS);
    client
        .request(options)
        .compose(
            to -> {
              request
                  .headers()
                  .forEach(
                      (name, value) -> {
                        if (!isOfThisHop(name)) {
                          to.headers().add(name, value);
                        }
                      });
              to.putHeader(NodeProof.HEADER, proof);
              request.connection().closeHandler(gone -> to.reset());
              return inTime(to, body.length() == 0 ? to.send() : to.send(body));
            })
        .onComplete(
            answer -> {
              wipe(body);
              if (answer.succeeded()) {
                answer(routing, answer.result());
              } else {
                ProblemAnswer.sendAndClose(routing, Whereabouts.unreachable());
              }
            });
  }

  /**
   * The answer of the node at {@code place} to the request, which has no body, put to it again.
   * Fails with the problem that it is answered with.
   */
  CompletionStage<SecretAnswer> ask(RoutingContext routing, Place place) {
    HttpServerRequest request = routing.request();
    String method = request.method().name();
    String source = SourceAddress.of(request);
    long now = clock.millis();
    return whereabouts
        .proof(place.tenant(), NodeProof.said(method, request.uri(), now, source))
        .thenCompose(
            proof ->
                client
                    .request(
                        new RequestOptions()
                            .setMethod(request.method())
                            .setAbsoluteURI(target(place.address(), request))
                            .setIdleTimeout(SILENCE_MILLIS)
                            .putHeader("Authorization", request.getHeader("Authorization"))
                            .putHeader("X-Request-Id", RequestIds.of(routing))
                            .putHeader(
                                NodeProof.HEADER,
                                new NodeProof(place.tenant(), now, source, proof).text()))
                    .compose(to -> inTime(to, to.send()))
                    .compose(from -> from.body().map(body -> read(from.statusCode(), body)))
                    .recover(
                        failed ->
                            Future.failedFuture(
                                failed instanceof ProblemException
                                    ? failed
                                    : Whereabouts.unreachable()))
                    .toCompletionStage());
  }

  private static SecretAnswer read(int status, Buffer body) {
    byte[] json = body.getBytes();
    wipe(body);
    if (status == 200) {
      return SecretAnswer.passedOn(json);
    }
    try {
      String code = Json.MAPPER.readTree(json).path("code").asText();
      throw ProblemException.of(ProblemCode.ofCode(code));
    } catch (IOException | IllegalArgumentException e) {
      throw Whereabouts.unreachable();
    }
  }

  /** A node that stands still takes connections and says nothing. */
  private static Future<HttpClientResponse> inTime(
      HttpClientRequest to, Future<HttpClientResponse> answer) {
    return answer.timeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS).onFailure(silent -> to.reset());
  }

  private static void answer(RoutingContext routing, HttpClientResponse from) {
    HttpServerResponse to = routing.response().setStatusCode(from.statusCode());
    from.headers()
        .forEach(
            (name, value) -> {
              if (!isOfThisHop(name)) {
                to.putHeader(name, value);
              }
            });
    String length = from.getHeader("Content-Length");
    if (length == null) {
      to.setChunked(true);
    } else {
      to.putHeader("Content-Length", length);
    }
    from.pipeTo(to).onFailure(cut -> routing.request().connection().close());
  }

  /** What is said to a watcher is one way: messages from the capture's node. */
  private void bridge(RoutingContext routing, URI address, String proof) {
    HttpServerRequest request = routing.request();
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setAbsoluteURI(target(address, request).replaceFirst("^http", "ws"))
            .putHeader(NodeProof.HEADER, proof);
    for (String name : List.of("Authorization", "Last-Event-ID")) {
      String value = request.getHeader(name);
      if (value != null) {
        options.putHeader(name, value);
      }
    }
    // Offered one by one, or the client would not know the one that is chosen.
    String offered = request.getHeader(SocketSecret.SUBPROTOCOL_HEADER);
    if (offered != null) {
      Stream.of(offered.split(",", -1)).map(String::trim).forEach(options::addSubProtocol);
    }
    client
        .webSocket(options)
        .onSuccess(
            upstream -> {
              upstream.pause();
              request
                  .toWebSocket()
                  .onSuccess(downstream -> join(upstream, downstream))
                  .onFailure(cut -> upstream.close());
            })
        .onFailure(refused -> ProblemAnswer.sendAndClose(routing, Whereabouts.unreachable()));
  }

  private static void join(WebSocket upstream, ServerWebSocket downstream) {
    upstream.textMessageHandler(downstream::writeTextMessage);
    upstream.closeHandler(closed -> downstream.close());
    downstream.closeHandler(closed -> upstream.close());
    upstream.resume();
  }

  private static String target(URI address, HttpServerRequest request) {
    String base = address.toString();
    return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + request.uri();
  }

  private static boolean isOfThisHop(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "host",
          "connection",
          "content-length",
          "transfer-encoding",
          "keep-alive",
          "te",
          "upgrade",
          "cardvault-forwarded",
          "cardvault-source" ->
          true;
      default -> false;
    };
  }

  private static void wipe(Buffer body) {
    ByteBuf bytes = body.getByteBuf();
    if (!bytes.isReadOnly()) {
      bytes.setZero(0, bytes.capacity());
    }
  }
}
