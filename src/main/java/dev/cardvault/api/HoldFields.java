package dev.cardvault.api;

import org.jspecify.annotations.Nullable;

/**
 * A legal hold to be placed.
 *
 * @param reason which case it is for, 1 to 500 characters
 */
record HoldFields(@Nullable String reason) {

  private static final int LONGEST = 500;

  String checkedReason() {
    return Fields.text(Fields.required(reason, "/reason"), "/reason", LONGEST);
  }
}
