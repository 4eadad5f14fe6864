package dev.cardvault.capture;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an agent, or whoever runs the call, may tell a capture to do. */
public enum Command {
  /** Forgets what was keyed into a field, the current one or another, and asks for it again. */
  RESET,
  /**
   * Asks for a field, the current one or another: the clock to the first digit starts when the
   * prompt has been played. Digits already keyed into the current field stay.
   */
  ASK,
  /** Leaves a field out; not the card's number. */
  SKIP,
  /** Forgets the field before the current one and asks for it again. */
  BACK,
  /** Calls it off. */
  CANCEL,
  /** Takes the current field as it is, or says yes to the read-back. */
  COMPLETE;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** As it stands in the API: lower case. */
  public String code() {
    return code;
  }

  /** The command of that code. */
  public static Optional<Command> ofCode(String code) {
    return List.of(values()).stream().filter(c -> c.code.equals(code)).findFirst();
  }
}
