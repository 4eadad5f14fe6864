package dev.cardvault.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.cardvault.jobs.Job;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A job; see {@link Job}. */
record JobAnswer(
    String id,
    String object,
    String type,
    @JsonRawValue String parameters,
    String state,
    long progress,
    @JsonRawValue @Nullable String result,
    @Nullable String problem,
    Instant createdAt,
    String createdBy,
    @Nullable Instant finishedAt) {

  static JobAnswer of(Job job) {
    return new JobAnswer(
        "job_" + job.id(),
        "job",
        job.type(),
        job.parameters(),
        job.state().name().toLowerCase(Locale.ROOT),
        job.progress(),
        job.result(),
        job.problem(),
        job.createdAt(),
        job.createdBy(),
        job.finishedAt());
  }
}
