package dev.cardvault.verifier;

/** Something that is needed to tell is missing or unreadable. */
public final class UndecidedException extends Exception {

  private static final long serialVersionUID = 1L;

  UndecidedException(String reason) {
    super(reason);
  }

  UndecidedException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
