package dev.cardvault.trace;

import com.google.errorprone.annotations.MustBeClosed;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Begins spans. Only a request begins a trace; a step without a traced request around it is not
 * traced, so that what goes on in the background costs and tells nothing.
 */
@ApplicationScoped
public class Traces {

  /** How a step ended: {@code ok}, or a kind of failure; never a message. */
  public static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("cardvault.outcome");

  /** How many requests were done together. */
  public static final AttributeKey<Long> TOGETHER = AttributeKey.longKey("cardvault.together");

  private static final String HERE = "cardvault.trace";
  private static final int FLUSH_SECONDS = 3;

  private final @Nullable OpenTelemetrySdk sdk;

  /** Traces if an endpoint is configured. */
  @Inject
  public Traces(TracesConfig config) {
    this(config.endpoint().map(to -> Exports.to(to, config.ratio())).orElse(null));
  }

  private Traces(@Nullable OpenTelemetrySdk sdk) {
    this.sdk = sdk;
  }

  /** What traces nothing. */
  public static Traces off() {
    return new Traces((OpenTelemetrySdk) null);
  }

  /** Whether anything is traced at all. */
  public boolean on() {
    return sdk != null;
  }

  /**
   * Begins the trace of a request, and makes it what is being done in the current context of
   * Vert.x.
   *
   * @param caller the caller's own span, which this one is a part of
   */
  public Span beginRequest(String name, SpanContext caller) {
    Span span =
        builder(name, SpanKind.SERVER)
            .setParent(Context.root().with(Span.wrap(caller)))
            .startSpan();
    io.vertx.core.Context vertx = Vertx.currentContext();
    if (vertx != null) {
      vertx.putLocal(HERE, Context.root().with(span));
    }
    return span;
  }

  /** Begins a call to somebody else; a span that goes nowhere, unless a traced request asked. */
  public Span beginCall(String name) {
    Context here = here();
    return isTraced(here)
        ? builder(name, SpanKind.CLIENT).setParent(here).startSpan()
        : Span.getInvalid();
  }

  /**
   * Makes what is done here known to this thread, which works on nothing else until it is closed.
   */
  @MustBeClosed
  public Scope enter() {
    return sdk == null ? Scope.noop() : here().makeCurrent();
  }

  /** {@code work} as a step of what is being done here, whichever thread it is done on. */
  public <T> Supplier<T> carried(Supplier<T> work) {
    return sdk == null ? work : here().wrapSupplier(work);
  }

  /** {@code database}, whose statements become spans of the requests they are for. */
  public DataSource watching(DataSource database) {
    if (sdk == null) {
      return database;
    }
    return JdbcTelemetry.builder(sdk)
        .setDataSourceInstrumenterEnabled(false)
        .build()
        .wrap(database);
  }

  /** What is being done: on this thread, or in this context of Vert.x. */
  Context here() {
    if (sdk == null) {
      return Context.root();
    }
    Context thread = Context.current();
    if (thread != Context.root()) {
      return thread;
    }
    io.vertx.core.Context vertx = Vertx.currentContext();
    // A context that is nobody's request has no place for anything.
    Context request =
        vertx != null && VertxContext.isDuplicatedContext(vertx) ? vertx.getLocal(HERE) : null;
    return request == null ? Context.root() : request;
  }

  static boolean isTraced(Context context) {
    return Span.fromContext(context).getSpanContext().isSampled();
  }

  /**
   * Begins what is done for several requests at once: a part of the first one's trace, which names
   * the others.
   */
  Context beginTogether(String name, List<Context> requests) {
    Context first = requests.get(0);
    SpanBuilder together = builder(name, SpanKind.INTERNAL).setParent(first);
    for (Context other : requests.subList(1, requests.size())) {
      together.addLink(Span.fromContext(other).getSpanContext());
    }
    return first.with(together.startSpan());
  }

  private SpanBuilder builder(String name, SpanKind kind) {
    if (sdk == null) {
      throw new IllegalStateException("Nothing is traced");
    }
    return sdk.getTracer("cardvault").spanBuilder(name).setSpanKind(kind);
  }

  @PreDestroy
  void stop() {
    if (sdk != null) {
      sdk.shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS);
    }
  }
}
