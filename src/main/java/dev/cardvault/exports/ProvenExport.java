package dev.cardvault.exports;

import dev.cardvault.jobs.Job;
import dev.cardvault.jobs.JobType.Progress;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.sequencer.ProvenEvents;
import dev.cardvault.sequencer.ProvenEvents.Numbers;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Writes events by their numbers, each with its proof, for {@code audit-verify}. */
@ApplicationScoped
class ProvenExport {

  /** What is written gets its place within a second or two, and seldom later. */
  private static final int TRIES = 60;

  private static final Duration BETWEEN = Duration.ofMillis(500);

  private final ProvenEvents events;

  ProvenExport(ProvenEvents events) {
    this.events = events;
  }

  /** How many lines were written. */
  long write(Job job, ExportWish wish, Writer out, Progress progress) throws IOException {
    Optional<Numbers> numbers = numbers(job, wish, progress);
    return numbers.isEmpty() ? 0 : events.write(job.tenant(), numbers.get(), out, progress::at);
  }

  private Optional<Numbers> numbers(Job job, ExportWish wish, Progress progress) {
    // Events written since the export was asked for never cease to wait for their places.
    Instant to = wish.to().isBefore(job.createdAt()) ? wish.to() : job.createdAt();
    for (int tries = 1; ; tries++) {
      try {
        return events.numbers(job.tenant(), wish.from(), to);
      } catch (ProblemException waiting) {
        if (waiting.code() != ProblemCode.AUDIT_UNAVAILABLE || tries == TRIES) {
          throw waiting;
        }
        progress.at(0);
        LockSupport.parkNanos(BETWEEN.toNanos());
      }
    }
  }
}
