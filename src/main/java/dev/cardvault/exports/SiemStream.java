package dev.cardvault.exports;

import dev.cardvault.access.TenantId;
import dev.cardvault.audit.AuditFeed;
import dev.cardvault.audit.AuditFeed.Entry;
import dev.cardvault.audit.AuditFeed.Position;
import dev.cardvault.audit.FollowingThread;
import dev.cardvault.audit.LogFollowers;
import dev.cardvault.audit.LogFollowers.Lease;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.problem.ProblemException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends the audit log of all tenants to a collector, on one thread of one node. The log itself is
 * the outbox: a cursor says what has arrived, and everything after it is sent again after an
 * interruption, so that an event arrives at least once, and in order. An event's id tells a repeat.
 */
@ApplicationScoped
class SiemStream {

  private static final Logger LOG = Logger.getLogger(SiemStream.class);
  private static final String NAME = "siem";
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
  private static final int AT_ONCE = 500;

  private final TenantDatabase database;
  private final AuditFeed feed;
  private final LogFollowers followers;
  private final SiemConfig config;
  private final Clock clock;
  private final FollowingThread thread = new FollowingThread("siem", this::step, this::disconnect);
  private final Deque<Sent> unsettled = new ArrayDeque<>();
  private volatile double behindSeconds;
  private @Nullable SiemConnection connection;
  private @Nullable Position sentUpTo;
  private long epoch = -1;

  SiemStream(
      TenantDatabase database,
      AuditFeed feed,
      LogFollowers followers,
      SiemConfig config,
      Clock clock,
      MeterRegistry meters) {
    this.database = database;
    this.feed = feed;
    this.followers = followers;
    this.config = config;
    this.clock = clock;
    Gauge.builder("cardvault.siem.behind", this, stream -> stream.behindSeconds)
        .baseUnit("seconds")
        .description("How old the oldest event is that the collector has not been sent")
        .register(meters);
  }

  void start(@Observes StartupEvent event) {
    if (config.address().isPresent()) {
      thread.start();
    }
  }

  void stop(@Observes ShutdownEvent event) {
    thread.stop();
  }

  private Duration step() {
    try {
      if (follow()) {
        return Duration.ZERO;
      }
    } catch (IOException e) {
      LOG.warnf("The collector of security events cannot be sent to: %s", e.getClass().getName());
      disconnect();
      return AFTER_FAILURE;
    } catch (ProblemException e) {
      LOG.warnf("The collector of security events waits: %s", e.code().code());
    } catch (RuntimeException e) {
      LOG.errorf("The collector of security events waits: %s", e.getClass().getName());
      disconnect();
    }
    return config.poll();
  }

  /** Whether there may be more at once. */
  private boolean follow() throws IOException {
    Lease lease = followers.lease(NAME, LEASE);
    if (lease == null) {
      disconnect();
      return false;
    }
    if (lease.epoch() != epoch) {
      disconnect();
      epoch = lease.epoch();
    }
    SiemConnection open = connected();
    Position from = sentUpTo == null ? lease.position() : sentUpTo;
    List<Entry> entries =
        database.inTransaction(TenantId.NOBODY, c -> feed.after(c, from, AT_ONCE));
    behindSeconds = entries.isEmpty() ? 0 : ageOf(entries.get(0));
    for (Entry entry : entries) {
      open.send(SyslogFrame.of(entry, config.format()));
    }
    open.flush();
    if (!entries.isEmpty()) {
      sentUpTo = entries.get(entries.size() - 1).position();
      unsettled.add(new Sent(sentUpTo, clock.instant().plus(config.settle())));
    }
    settle(open, lease);
    return entries.size() == AT_ONCE;
  }

  /** Takes note of what was sent long enough ago on a connection that still holds. */
  private void settle(SiemConnection open, Lease lease) throws IOException {
    Instant now = clock.instant();
    Position arrived = null;
    while (!unsettled.isEmpty() && !unsettled.peek().due.isAfter(now)) {
      arrived = unsettled.remove().position;
    }
    open.requireOpen();
    if (arrived != null) {
      Lease to = lease.at(arrived);
      database.inTransaction(TenantId.NOBODY, c -> followers.advance(c, to));
    }
  }

  private SiemConnection connected() throws IOException {
    SiemConnection open = connection;
    if (open == null) {
      open = SiemConnection.open(config);
      connection = open;
      LOG.info("The collector of security events is connected");
    }
    return open;
  }

  private void disconnect() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
    sentUpTo = null;
    unsettled.clear();
  }

  private double ageOf(Entry entry) {
    return Duration.between(entry.event().at(), clock.instant()).toMillis() / 1000.0;
  }

  /** Up to where was sent, and when that counts as arrived. */
  private record Sent(Position position, Instant due) {}
}
