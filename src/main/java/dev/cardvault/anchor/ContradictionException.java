package dev.cardvault.anchor;

/** Somebody outside remembers a log that ours does not continue. */
public final class ContradictionException extends Exception {

  private static final long serialVersionUID = 1L;

  ContradictionException(String what) {
    super(what);
  }
}
