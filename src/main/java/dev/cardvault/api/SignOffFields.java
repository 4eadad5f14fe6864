package dev.cardvault.api;

import org.jspecify.annotations.Nullable;

/**
 * Who has looked at a day.
 *
 * @param reviewer the person's name, 1 to 100 characters
 * @param note what they noted, 1 to 1000 characters; may be absent
 */
record SignOffFields(@Nullable String reviewer, @Nullable String note) {

  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_NOTE = 1000;

  String checkedReviewer() {
    return Fields.text(Fields.required(reviewer, "/reviewer"), "/reviewer", LONGEST_NAME);
  }

  @Nullable String checkedNote() {
    return Fields.optionalText(note, "/note", LONGEST_NOTE);
  }
}
