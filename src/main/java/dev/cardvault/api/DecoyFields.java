package dev.cardvault.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token that is to be a decoy.
 *
 * @param token its text or id
 * @param note where it was put, 1 to 200 characters
 */
record DecoyFields(@Nullable String token, @Nullable String note) {

  private static final int LONGEST = 200;

  String checkedToken() {
    return Fields.token(Fields.required(token, "/token"));
  }

  /** The token's id, if that is what was given. */
  @Nullable UUID tokenId() {
    return Fields.idIfAny(checkedToken(), "tok");
  }

  String checkedNote() {
    return Fields.text(Fields.required(note, "/note"), "/note", LONGEST);
  }

  @Override
  public String toString() {
    return "DecoyFields[redacted]";
  }
}
