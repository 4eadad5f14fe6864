package dev.cardvault.jobs;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Does jobs on one thread, one after the other. */
@ApplicationScoped
class JobRunner {

  private static final Logger LOG = Logger.getLogger(JobRunner.class);
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private final JobStore store;
  private final List<JobType> types;
  private final Semaphore wakes = new Semaphore(0);
  private final Thread thread = new Thread(this::run, "jobs");
  private volatile boolean stopped;

  JobRunner(JobStore store, @All List<JobType> types) {
    this.store = store;
    this.types = types;
  }

  void start(@Observes StartupEvent event) {
    thread.setDaemon(true);
    thread.start();
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
    wakes.release();
  }

  void wake() {
    wakes.release();
  }

  private void run() {
    while (!stopped) {
      try {
        Optional<Job> job = store.take(LEASE);
        if (job.isPresent()) {
          run(job.get());
        } else {
          pause();
        }
      } catch (InterruptedException e) {
        stopped = true;
      } catch (RuntimeException e) {
        LOG.warnf("Jobs wait: %s", ProblemException.from(e).code().code());
        pauseOrStop();
      }
    }
  }

  private void run(Job job) {
    try {
      String result = type(job).run(job, done -> keep(job, done));
      store.finish(job, Job.State.DONE, result, null);
    } catch (JobStopped e) {
      LOG.infof("Job %s was stopped", job.id());
    } catch (RuntimeException e) {
      ProblemException problem = ProblemException.from(e);
      LOG.warnf("Job %s failed: %s", job.id(), problem.code().code());
      store.finish(job, Job.State.FAILED, null, problem.code().code());
    }
  }

  private void keep(Job job, long done) {
    if (stopped || !store.keep(job, done, LEASE)) {
      throw new JobStopped();
    }
  }

  private JobType type(Job job) {
    return types.stream()
        .filter(type -> type.name().equals(job.type()))
        .findFirst()
        .orElseThrow(() -> ProblemException.of(ProblemCode.INTERNAL, "There is no such job"));
  }

  private void pause() throws InterruptedException {
    if (wakes.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
      wakes.drainPermits();
    }
  }

  private void pauseOrStop() {
    try {
      pause();
    } catch (InterruptedException e) {
      stopped = true;
    }
  }
}
