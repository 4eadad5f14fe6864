package dev.cardvault.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cardvault.ops.ExitCode;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for a job. */
final class RunningJob {

  private static final Set<String> UNDER_WAY = Set.of("queued", "running");
  private static final String DONE = "done";
  private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private RunningJob() {}

  /**
   * The job of that id, once it has ended well.
   *
   * @throws CommandFailed when it ended otherwise
   */
  static Answer ended(ServiceClient client, String id) {
    try (Progress progress = Progress.unending("job")) {
      while (true) {
        Answer answer = client.get("/v1/jobs/" + ServiceClient.segment(id));
        JsonNode job = answer.json();
        String state = Json.text(job, "/state");
        progress.reach(job.path("progress").asLong());
        if (state.equals(DONE)) {
          return answer;
        }
        if (!UNDER_WAY.contains(state)) {
          throw new CommandFailed(
              ExitCode.FAILED, "The job is " + state + " " + Json.text(job, "/problem"));
        }
        LockSupport.parkNanos(BETWEEN_NANOS);
      }
    }
  }
}
