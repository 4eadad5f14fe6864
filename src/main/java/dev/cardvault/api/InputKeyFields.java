package dev.cardvault.api;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Amazon Connect calls a key that was uploaded.
 *
 * @param keyId the id that its console shows
 */
record InputKeyFields(@Nullable String keyId) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,128}");

  String checked() {
    String name = Fields.required(keyId, "/key_id");
    if (!NAME.matcher(name).matches()) {
      throw Fields.invalid("/key_id", "A key's id is 1 to 128 letters, digits and dashes");
    }
    return name;
  }
}
