package dev.cardvault.ops;

import dev.cardvault.trace.CallerSpan;
import dev.cardvault.trace.Traces;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logmanager.MDC;

/**
 * Begins a span for each request, named after its method and route: nothing else of the request is
 * in it. The trace's id stands in its log lines, also where only the caller traces.
 */
@Singleton
final class RequestTraces {

  private static final String IN_LOGS = "trace_id";
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");

  /** Once the request has its id and its route is withheld; before anything refuses it. */
  private static final int EARLY = 995;

  private static final int FAULT = 500;

  private final Traces traces;

  RequestTraces(Traces traces) {
    this.traces = traces;
  }

  void register(@Observes Filters filters) {
    filters.register(this::begin, EARLY);
  }

  private void begin(RoutingContext routing) {
    SpanContext caller = CallerSpan.of(routing.request().getHeader(CallerSpan.HEADER));
    if (traces.on()) {
      trace(routing, caller);
    } else if (caller.isValid()) {
      MDC.put(IN_LOGS, caller.getTraceId());
    }
    routing.next();
  }

  private void trace(RoutingContext routing, SpanContext caller) {
    String method = BoundedLabels.method(routing.request().method().name());
    Span span = traces.beginRequest(method, caller);
    MDC.put(IN_LOGS, span.getSpanContext().getTraceId());
    if (!span.isRecording()) {
      return;
    }
    Context request = Vertx.currentContext();
    routing.addEndHandler(
        ended -> {
          String route = RouteLabels.routeOf(request);
          int status = routing.response().getStatusCode();
          span.updateName(method + " " + route);
          span.setAttribute(METHOD, method).setAttribute(ROUTE, route);
          span.setAttribute(STATUS, (long) status);
          if (status >= FAULT || ended.failed()) {
            span.setStatus(StatusCode.ERROR);
          }
          span.setAttribute(Traces.OUTCOME, ended.failed() ? "broken off" : "answered").end();
        });
  }
}
