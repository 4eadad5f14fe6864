package dev.cardvault.ops;

/** Why the process ends before the service starts: a sentence for the operator, no stack trace. */
public final class StartRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  /** Refuses with what, so what, and what to do. */
  public StartRefused(ExitCode exitCode, String sentence) {
    super(sentence, null, false, false);
    this.exitCode = exitCode;
  }

  /** How the process should end. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
