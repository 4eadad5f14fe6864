package dev.cardvault.jobs;

/** A job is not this node's any more. */
public final class JobStopped extends RuntimeException {

  private static final long serialVersionUID = 1L;

  JobStopped() {
    super("Stopped", null, false, false);
  }
}
