package dev.cardvault.vault;

/** What a bulk call does about an item that cannot be done. */
public enum BatchMode {
  /** All items or none. */
  ATOMIC,
  /** Each item for itself. */
  PARTIAL
}
