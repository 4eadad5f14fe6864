package dev.cardvault.api;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ResourceInfo;
import java.io.InputStream;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;

/**
 * Collects the bodies of requests once their callers are known: into arrays of our own, which are
 * wiped, where RESTEasy would leave copies behind. Never blocks.
 */
@Singleton
final class BodyFilter {

  /** A body that is not here by then is not coming. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String KEY = "cardvault.body";

  private final BodyRules rules;

  BodyFilter(BodyRules rules) {
    this.rules = rules;
  }

  /** The body that was collected for the request. */
  static RequestBody of(RoutingContext routing) {
    RequestBody body = routing.get(KEY);
    if (body == null) {
      throw new IllegalStateException("No body was collected");
    }
    return body;
  }

  /** Collects the body where the endpoint takes one; the request goes on when it is there. */
  @ServerRequestFilter(nonBlocking = true, priority = Priorities.ENTITY_CODER)
  public void collect(ResourceInfo resource, RoutingContext routing) {
    BodyRules.Body kind = rules.bodyOf(resource.getResourceMethod());
    if (kind == BodyRules.Body.NONE) {
      return;
    }
    boolean leftOut = BodyRules.leavesOut(routing.request(), resource.getResourceMethod());
    if (!leftOut) {
      BodyRules.checkHeaders(routing.request(), kind);
    }
    ResteasyReactiveRequestContext request = CurrentRequestManager.get();
    // RESTEasy reads no body where there is a stream already.
    request.setInputStream(InputStream.nullInputStream());
    RequestBody body = new RequestBody(BodyRules.declaredLength(routing.request()));
    routing.put(KEY, body);
    routing.addEndHandler(ended -> body.close());
    if (leftOut) {
      body.takeOver(Buffer.buffer("{}"));
      return;
    }
    request.suspend();
    collect(routing, body, request);
  }

  private static void collect(
      RoutingContext routing, RequestBody body, ResteasyReactiveRequestContext waiting) {
    HttpServerRequest request = routing.request();
    Collection collection = new Collection(waiting, routing.vertx());
    request.handler(
        chunk -> {
          if (!body.takeOver(chunk)) {
            collection.fail(ProblemException.of(ProblemCode.BODY_TOO_LARGE));
          }
        });
    request.exceptionHandler(
        broken -> collection.fail(ProblemException.of(ProblemCode.MALFORMED_REQUEST)));
    request.endHandler(ended -> collection.complete());
    waiting.serverRequest().resumeRequestInput();
    collection.giveUpAfter(PATIENCE);
  }

  /** The wait for one body. It ends once, on the event loop. */
  private static final class Collection {
    private final ResteasyReactiveRequestContext waiting;
    private final Vertx vertx;
    private boolean over;
    private long timer = -1;

    Collection(ResteasyReactiveRequestContext waiting, Vertx vertx) {
      this.waiting = waiting;
      this.vertx = vertx;
    }

    void giveUpAfter(Duration patience) {
      if (!over) {
        timer =
            vertx.setTimer(
                patience.toMillis(),
                id ->
                    fail(
                        ProblemException.of(
                            ProblemCode.MALFORMED_REQUEST, "The body did not arrive in time")));
      }
    }

    void complete() {
      if (end()) {
        waiting.resume();
      }
    }

    void fail(ProblemException problem) {
      if (end()) {
        waiting.resume(problem);
      }
    }

    private boolean end() {
      boolean first = !over;
      over = true;
      vertx.cancelTimer(timer);
      return first;
    }
  }
}
