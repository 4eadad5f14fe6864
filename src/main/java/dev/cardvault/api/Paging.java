package dev.cardvault.api;

import org.jspecify.annotations.Nullable;

/** How long a page of a list is. */
final class Paging {

  private static final int USUAL = 20;
  private static final int LONGEST = 100;

  private Paging() {}

  /** The length asked for, 1 to 100; 20 when none is. */
  static int limit(@Nullable String limit) {
    if (limit == null) {
      return USUAL;
    }
    if (!limit.matches("[1-9][0-9]{0,2}") || Integer.parseInt(limit) > LONGEST) {
      throw Fields.invalid("/limit", "A page has 1 to " + LONGEST + " entries");
    }
    return Integer.parseInt(limit);
  }
}
