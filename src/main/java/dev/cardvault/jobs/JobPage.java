package dev.cardvault.jobs;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of jobs.
 *
 * @param data newest first
 * @param next the job after which the next page begins; {@code null} on the last
 */
public record JobPage(List<Job> data, @Nullable UUID next) {

  public JobPage {
    data = List.copyOf(data);
  }
}
