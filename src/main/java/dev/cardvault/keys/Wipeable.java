package dev.cardvault.keys;

import dev.cardvault.problem.ProblemCode;

/** Holds keys in the clear until told to forget them. */
interface Wipeable {

  /** Forgets them, once whoever is using them has finished. Later uses fail with {@code why}. */
  void wipe(ProblemCode why);
}
