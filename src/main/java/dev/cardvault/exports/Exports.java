package dev.cardvault.exports;

import dev.cardvault.access.Caller;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.audit.Outcome;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.jobs.Job;
import dev.cardvault.jobs.Jobs;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Exports parts of the log as files; asking for one and fetching it are events (PCI DSS 10.2.1.3).
 * Blocks: not for an event loop.
 */
@ApplicationScoped
public class Exports {

  private final TenantDatabase database;
  private final AuditLog log;
  private final Jobs jobs;
  private final ExportFiles files;

  Exports(TenantDatabase database, AuditLog log, Jobs jobs, ExportFiles files) {
    this.database = database;
    this.log = log;
    this.jobs = jobs;
    this.files = files;
  }

  /**
   * A file to download.
   *
   * @param path where it lies
   * @param format what it is
   */
  public record Download(Path path, ExportFormat format) {}

  /** Begins an export. */
  public Job begin(Caller caller, ExportWish wish) {
    Job job =
        database.inTransaction(
            caller.tenant(),
            connection -> {
              Job added = jobs.add(connection, caller, ExportJob.NAME, ExportJob.parameters(wish));
              log.append(
                  connection,
                  List.of(
                      AuditEvent.by(caller, Action.AUDIT_EXPORT)
                          .subject("job_" + added.id() + " begun as " + wish.format().code())
                          .granted()));
              return added;
            });
    jobs.wake();
    return job;
  }

  /**
   * The file that an export has made, once it is written down that it was fetched.
   *
   * @throws ProblemException {@code not-found} when there is no such export, {@code state-conflict}
   *     while it is not done, or when its file is not on this node any more
   */
  public Download download(Caller caller, UUID id) {
    Job job = jobs.find(caller, id);
    if (!job.type().equals(ExportJob.NAME)) {
      throw ProblemException.of(ProblemCode.NOT_FOUND);
    }
    ExportFormat format = ExportJob.wish(job).format();
    Path path = files.of(id, format);
    boolean ready = job.state() == Job.State.DONE && Files.isReadable(path);
    database.inTransaction(
        caller.tenant(),
        connection ->
            log.append(
                connection,
                List.of(
                    AuditEvent.by(caller, Action.AUDIT_EXPORT)
                        .subject("job_" + id + " fetched")
                        .outcome(ready ? Outcome.GRANTED : Outcome.NOT_FOUND, null))));
    if (!ready) {
      throw ProblemException.of(
          ProblemCode.STATE_CONFLICT, "The export is not done, or its file is gone");
    }
    return new Download(path, format);
  }
}
