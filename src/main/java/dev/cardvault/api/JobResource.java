package dev.cardvault.api;

import dev.cardvault.access.Scope;
import dev.cardvault.exports.Exports;
import dev.cardvault.jobs.Jobs;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Tells how work fares that takes longer than a request, and hands out what it made. */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
final class JobResource {

  private static final String PREFIX = "job";

  private final Jobs jobs;
  private final Exports exports;
  private final CurrentCaller caller;

  JobResource(Jobs jobs, Exports exports, CurrentCaller caller) {
    this.jobs = jobs;
    this.exports = exports;
    this.caller = caller;
  }

  /** Jobs, newest first. */
  @GET
  @Needs(Scope.AUDIT_EXPORT)
  public JobPageAnswer list(@RestQuery @Nullable String limit, @RestQuery @Nullable String cursor) {
    UUID after = cursor == null ? null : Query.after(cursor, UUID::fromString);
    return JobPageAnswer.of(jobs.list(caller.get(), after, Query.limit(limit)));
  }

  /** A job. */
  @GET
  @Path("/{id}")
  @Needs(Scope.AUDIT_EXPORT)
  public JobAnswer find(@RestPath String id) {
    return JobAnswer.of(jobs.find(caller.get(), Fields.id(id, PREFIX)));
  }

  /** Stops a job. */
  @POST
  @Path("/{id}/cancel")
  @Needs(Scope.AUDIT_EXPORT)
  public JobAnswer cancel(@RestPath String id) {
    return JobAnswer.of(jobs.cancel(caller.get(), Fields.id(id, PREFIX)));
  }

  /** The file that an export has made. */
  @GET
  @Path("/{id}/download")
  @Needs(Scope.AUDIT_EXPORT)
  public RestResponse<Exports.Download> download(@RestPath String id) {
    Exports.Download file = exports.download(caller.get(), Fields.id(id, PREFIX));
    return RestResponse.ResponseBuilder.ok(file)
        .header("Content-Type", file.format().mediaType())
        .header("Content-Disposition", "attachment; filename=\"" + file.path().getFileName() + "\"")
        .header("Cache-Control", "no-store")
        .build();
  }
}
