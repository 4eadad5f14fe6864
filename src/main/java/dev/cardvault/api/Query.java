package dev.cardvault.api;

import org.jspecify.annotations.Nullable;

/** What query parameters of lists have in common. */
final class Query {

  private static final int DEFAULT_LIMIT = 20;
  private static final int MOST = 100;

  private Query() {}

  /** How a problem points at a parameter. */
  static String pointer(String name) {
    return "/query" + new Pointer().field(name);
  }

  /** How many entries a page has: 1 to 100, 20 if nothing is said. */
  static int limit(@Nullable String given) {
    if (given == null) {
      return DEFAULT_LIMIT;
    }
    int limit = given.matches("[0-9]{1,3}") ? Integer.parseInt(given) : 0;
    if (limit < 1 || limit > MOST) {
      throw Fields.invalid(pointer("limit"), "A page has 1 to 100 entries");
    }
    return limit;
  }
}
