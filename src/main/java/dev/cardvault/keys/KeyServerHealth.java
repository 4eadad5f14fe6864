package dev.cardvault.keys;

/** Whether the key server can be used. */
public enum KeyServerHealth {
  /** It answers and is unsealed. */
  OK,
  /** It answers that it is sealed: somebody has pulled the kill switch. */
  SEALED,
  /** It answers, but is not the one that wrapped the keys in the database. */
  WRONG_KEYS,
  /** It does not answer, or not as a key server does. */
  UNAVAILABLE
}
