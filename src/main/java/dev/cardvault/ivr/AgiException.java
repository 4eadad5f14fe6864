package dev.cardvault.ivr;

/** Whoever is connected does not speak AGI, or not any more. */
final class AgiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AgiException(String message) {
    super(message, null, false, false);
  }
}
