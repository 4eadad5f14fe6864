package dev.cardvault.jobs;

import dev.cardvault.access.Caller;
import dev.cardvault.database.Ids;
import dev.cardvault.database.KeyedPage;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes jobs on and tells how they fare. Blocks: not for an event loop. */
@ApplicationScoped
public class Jobs {

  private final TenantDatabase database;
  private final Ids ids;
  private final JobRunner runner;

  Jobs(TenantDatabase database, Ids ids, JobRunner runner) {
    this.database = database;
    this.ids = ids;
    this.runner = runner;
  }

  /**
   * Adds a job to the transaction on {@code connection}; call {@link #wake} after the commit.
   *
   * @param parameters as JSON
   */
  public Job add(Connection connection, Caller caller, String type, String parameters)
      throws SQLException {
    Job job =
        new Job(
            ids.next(),
            caller.tenant(),
            type,
            parameters,
            Job.State.QUEUED,
            0,
            null,
            null,
            0,
            ids.now(),
            caller.clientId(),
            null);
    JobStore.add(connection, job);
    return job;
  }

  /** Has this node look for jobs now. Never blocks. */
  public void wake() {
    runner.wake();
  }

  /**
   * The job of that id.
   *
   * @throws ProblemException {@code not-found}
   */
  public Job find(Caller caller, UUID id) {
    return database
        .inTransaction(caller.tenant(), connection -> JobStore.find(connection, id))
        .orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND));
  }

  /** The tenant's jobs, newest first. */
  public KeyedPage<Job, UUID> list(Caller caller, @Nullable UUID after, int limit) {
    List<Job> found =
        database.inTransaction(
            caller.tenant(), connection -> JobStore.list(connection, after, limit + 1));
    return KeyedPage.of(found, limit, Job::id);
  }

  /**
   * Stops a job.
   *
   * @throws ProblemException {@code not-found}, or {@code state-conflict} when it has ended
   */
  public Job cancel(Caller caller, UUID id) {
    return database
        .inTransaction(
            caller.tenant(),
            connection -> {
              boolean cancelled = JobStore.cancel(connection, id, ids.now());
              var job = JobStore.find(connection, id);
              if (!cancelled && job.isPresent()) {
                throw ProblemException.of(ProblemCode.STATE_CONFLICT, "The job has ended");
              }
              return job;
            })
        .orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND));
  }
}
