package dev.cardvault.api;

import org.jspecify.annotations.Nullable;

/**
 * Why something is stopped or let go on.
 *
 * @param reason 1 to 200 characters
 */
record ReasonFields(@Nullable String reason) {

  private static final int LONGEST = 200;

  String checked() {
    return Fields.text(Fields.required(reason, "/reason"), "/reason", LONGEST);
  }
}
