package dev.cardvault.api;

import org.jspecify.annotations.Nullable;

/**
 * Why something is suspended or resumed.
 *
 * @param reason for people, 1 to 200 characters
 */
record StateChange(@Nullable String reason) {

  private static final int LONGEST = 200;

  String checkedReason() {
    return Fields.text(Fields.required(reason, "/reason"), "/reason", LONGEST);
  }
}
