package dev.cardvault.database;

import dev.cardvault.access.TenantId;
import dev.cardvault.batch.Coalescer;
import dev.cardvault.batch.Onlooker;
import dev.cardvault.trace.GroupSpans;
import dev.cardvault.trace.Traces;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Starts the writers, each a thread with a connection of its own, and stops them in order. */
@ApplicationScoped
public class GroupTransactions {

  private final TenantDatabase database;
  private final MeterRegistry meters;
  private final Traces traces;
  private final Coalescer.Limits limits;
  private final ExecutorService replies =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "writer-replies"));
  private final List<Runnable> stops = new CopyOnWriteArrayList<>();

  /** Writes to {@code database} within the limits of {@code settings}. */
  public GroupTransactions(
      TenantDatabase database, MeterRegistry meters, Traces traces, DatabaseSettings settings) {
    this.database = database;
    this.meters = meters;
    this.traces = traces;
    this.limits = new Coalescer.Limits(settings.queued(), settings.together(), settings.deadline());
  }

  /** A writer that does {@code transaction}, many items at once. */
  public <T, R> Coalescer<TenantId, T, R> start(String name, GroupTransaction<T, R> transaction) {
    return start(name, transaction, limits);
  }

  /** A writer that does {@code transaction}, one item after the other. */
  public <T, R> Coalescer<TenantId, T, R> startSingly(
      String name, GroupTransaction<T, R> transaction) {
    return start(name, transaction, new Coalescer.Limits(limits.queued(), 1, limits.deadline()));
  }

  private <T, R> Coalescer<TenantId, T, R> start(
      String name, GroupTransaction<T, R> transaction, Coalescer.Limits within) {
    transaction.writeThrough(database.writer());
    Coalescer<TenantId, T, R> coalescer =
        new Coalescer<>(name, transaction, within, replies, onlooker());
    Gauge.builder("cardvault.writer.queued", coalescer, Coalescer::queued)
        .tag("writer", name)
        .description("Requests that wait for a writer")
        .register(meters);
    stops.add(
        () -> {
          coalescer.close();
          transaction.release();
        });
    return coalescer;
  }

  private Onlooker onlooker() {
    return traces.on() ? new GroupSpans(traces) : Onlooker.NONE;
  }

  @PreDestroy
  void stop() {
    stops.forEach(Runnable::run);
    replies.shutdown();
  }
}
