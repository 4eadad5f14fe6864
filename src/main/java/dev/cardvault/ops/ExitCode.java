package dev.cardvault.ops;

/** How a command ends, for whoever started it. The numbers above 63 are those of sysexits(3). */
public enum ExitCode {
  /** It did what it was asked. */
  DONE(0, "done"),
  /** It tried and failed; the log says why. */
  FAILED(1, "it tried and failed"),
  /** There is no such command or option. */
  USAGE(2, "no such command or option"),
  /** What should be made is there already. */
  EXISTS(3, "what should be made is there already"),
  /** The service refuses what was asked. */
  REFUSED(65, "the service refuses what was asked"),
  /** There is no such token, event or other thing, or no longer. */
  NOT_FOUND(66, "no such token, event or other thing"),
  /** Nobody answers, or the service asks to try again later. */
  UNAVAILABLE(69, "no answer, or try again later"),
  /** Another process is using the same data. */
  IN_USE(75, "another process uses the same data"),
  /** The client may not do this. */
  NOT_ALLOWED(77, "the client may not do this"),
  /** A setting is missing, unknown or unsafe. */
  CONFIGURATION(78, "a setting is missing, unknown or unsafe");

  private final int status;
  private final String meaning;

  ExitCode(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  /** The process's exit status. */
  public int status() {
    return status;
  }

  /** What it says, in a few words. */
  public String meaning() {
    return meaning;
  }
}
