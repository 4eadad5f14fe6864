package dev.cardvault.verifier;

/** The log is not what it claims to be. */
public final class TamperedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final long index;
  private final String reason;

  TamperedException(long index, String reason) {
    super(reason);
    this.index = index;
    this.reason = reason;
  }

  /** The first leaf that cannot be believed. */
  public long index() {
    return index;
  }

  /** Why it cannot. */
  public String reason() {
    return reason;
  }
}
