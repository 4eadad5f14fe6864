package dev.cardvault.api;

import dev.cardvault.database.KeyedPage;
import dev.cardvault.jobs.Job;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of jobs.
 *
 * @param data newest first
 * @param nextCursor where the next page begins; {@code null} on the last
 * @param hasMore whether there is a next page
 */
record JobPageAnswer(List<JobAnswer> data, @Nullable String nextCursor, boolean hasMore) {

  static JobPageAnswer of(KeyedPage<Job, UUID> page) {
    return new JobPageAnswer(
        page.data().stream().map(JobAnswer::of).toList(),
        page.next() == null ? null : Query.cursor(page.next()),
        page.next() != null);
  }
}
