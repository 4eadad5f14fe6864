package dev.cardvault.keys;

import dev.cardvault.problem.ProblemCode;
import java.util.List;
import java.util.function.Function;

/**
 * All versions of one tenant's key that may be in use, opened.
 *
 * @param keys the keys, newest first, at least one
 * @param uses what is handed out of each
 */
record Versions<T>(List<OpenKey> keys, List<T> uses) implements Wipeable {

  static <T> Versions<T> of(List<OpenKey> keys, Function<OpenKey, T> use) {
    return new Versions<>(List.copyOf(keys), keys.stream().map(use).toList());
  }

  @Override
  public void wipe(ProblemCode why) {
    keys.forEach(key -> key.wipe(why));
  }
}
