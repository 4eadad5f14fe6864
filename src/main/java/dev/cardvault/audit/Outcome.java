package dev.cardvault.audit;

/** How it was answered. */
public enum Outcome {
  /** As asked. */
  GRANTED,
  /** Without any digit but those that may be displayed. */
  MASKED,
  /** Refused by a rule, which the event names. */
  DENIED,
  /** There was nothing of that name within the caller's tenant. */
  NOT_FOUND,
  /** A dependency failed. */
  UNAVAILABLE,
  /** A stored card did not match its seal. */
  INTEGRITY_FAILURE
}
