package dev.cardvault.trace;

import dev.cardvault.batch.Onlooker;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A span for each group of requests that a writer does together. */
public final class GroupSpans implements Onlooker {

  private final Traces traces;

  /** Tells {@code traces}. */
  public GroupSpans(Traces traces) {
    this.traces = traces;
  }

  @Override
  public @Nullable Object arrives() {
    Context here = traces.here();
    return Traces.isTraced(here) ? here : null;
  }

  // It is closed by what is returned, on the same thread.
  @SuppressWarnings("MustBeClosedChecker")
  @Override
  public Runnable begins(String name, int items, List<Object> watched) {
    Context together =
        traces.beginTogether(name, watched.stream().map(Context.class::cast).toList());
    Span span = Span.fromContext(together).setAttribute(Traces.TOGETHER, (long) items);
    Scope scope = together.makeCurrent();
    return () -> {
      scope.close();
      span.end();
    };
  }
}
