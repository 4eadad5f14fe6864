package dev.cardvault.api;

import org.jspecify.annotations.Nullable;

/**
 * What somebody found out.
 *
 * @param note 1 to 1000 characters
 */
record NoteFields(@Nullable String note) {

  private static final int LONGEST = 1000;

  String checked() {
    return Fields.text(Fields.required(note, "/note"), "/note", LONGEST);
  }
}
