package dev.cardvault.jobs;

/** A kind of work. */
public interface JobType {

  /** What jobs of this kind are called. */
  String name();

  /**
   * Does a job, from the beginning. May take as long as it takes, as long as it tells its progress.
   *
   * @return what came of it, as JSON
   * @throws dev.cardvault.problem.ProblemException when it cannot be done
   */
  String run(Job job, Progress progress);

  /** Where a job tells how far it has come. */
  @FunctionalInterface
  interface Progress {

    /**
     * Notes that {@code done} is done, and that this node is still at it.
     *
     * @throws JobStopped when nobody wants it any more, or another node has taken it over
     */
    void at(long done);
  }
}
