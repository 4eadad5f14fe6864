package dev.cardvault.ops;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a command ends, for whoever started it. The numbers above 63 are those of sysexits(3). */
public enum ExitCode {
  /** It did what it was asked. */
  DONE(0),
  /** It tried and failed; the log says why. */
  FAILED(1),
  /** There is no such command or option. */
  USAGE(2),
  /** What should be made is there already. */
  EXISTS(3),
  /** Another process is using the same data. */
  IN_USE(75),
  /** A setting is missing, unknown or unsafe. */
  CONFIGURATION(78);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  /** All of them on one line, for the help. */
  public static String explained() {
    return Stream.of(values())
        .map(code -> code.status + " " + code.name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .collect(Collectors.joining(", "));
  }

  /** The process's exit status. */
  public int status() {
    return status;
  }
}
