package dev.cardvault.api;

import dev.cardvault.access.Caller;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditTrail;
import dev.cardvault.problem.ProblemCode;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Writes down who was turned away and by which rule (PCI DSS 10.2.1.4), without making anybody wait
 * for it. Of one client at most {@value #A_SECOND} in a second are told one by one; the rest are
 * counted, since a flood of refusals must not drown the log.
 */
@Singleton
final class Refusals {

  private static final Logger LOG = Logger.getLogger(Refusals.class);
  private static final int A_SECOND = 10;

  private final AuditTrail trail;
  private final Clock clock;
  private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

  Refusals(AuditTrail trail, Clock clock) {
    this.trail = trail;
    this.clock = clock;
  }

  /** Notes that {@code caller} was refused by {@code rule}. */
  void note(Caller caller, ProblemCode rule) {
    long second = clock.instant().getEpochSecond();
    Tally tally = tallies.computeIfAbsent(caller.clientId(), id -> new Tally(caller));
    if (tally.mayTell(second)) {
      write(AuditEvent.by(caller, Action.ACCESS_DENIED).denied(rule));
    }
  }

  @Scheduled(every = "5s")
  void tellTheRest() {
    tallies.forEach(
        (id, tally) -> {
          long untold = tally.takeUntold();
          if (untold > 0) {
            write(
                AuditEvent.by(tally.caller, Action.ACCESS_DENIED)
                    .subject(untold + " more refusals")
                    .denied(ProblemCode.RATE_LIMITED));
          } else {
            tallies.remove(id, tally);
          }
        });
  }

  private void write(AuditEvent event) {
    trail
        .record(event)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.warn("A refusal could not be written to the audit log");
              }
            });
  }

  /** How often one client was refused within this second, and how often that went untold. */
  private static final class Tally {
    private final Caller caller;
    private long second;
    private int told;
    private long untold;

    Tally(Caller caller) {
      this.caller = caller;
    }

    synchronized boolean mayTell(long now) {
      if (now != second) {
        second = now;
        told = 0;
      }
      if (told < A_SECOND) {
        told++;
        return true;
      }
      untold++;
      return false;
    }

    synchronized long takeUntold() {
      long taken = untold;
      untold = 0;
      return taken;
    }
  }
}
