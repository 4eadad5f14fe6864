package dev.cardvault.keys;

import dev.cardvault.problem.ProblemCode;

/** A PAN key in the cache, and what is handed out of it. */
record OpenedPanKey(OpenKey key, OpeningKey opening) implements Wipeable {

  OpenedPanKey(OpenKey key) {
    this(key, new OpeningKey(key));
  }

  @Override
  public void wipe(ProblemCode why) {
    key.wipe(why);
  }
}
