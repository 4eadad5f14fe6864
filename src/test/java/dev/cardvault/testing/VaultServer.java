package dev.cardvault.testing;

/** A Vault that a test has for itself. */
interface VaultServer {

  /** Where it is; the same after a restart. */
  String address();

  /** What its operator logs in with. */
  String rootToken();

  /** What opens its seal. */
  String unsealKey();

  /** Starts it, unsealed, with all that it held before. */
  void start();

  /** Ends it in an orderly way. */
  void stop();

  /** Ends it as {@code kill -9} does. */
  void kill();

  /** Halts it as it is: it accepts calls and answers none. */
  void freeze();

  /** Lets it go on. */
  void thaw();

  /** Ends it, and leaves nothing of it behind. */
  void close();
}
