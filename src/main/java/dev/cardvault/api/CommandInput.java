package dev.cardvault.api;

import dev.cardvault.capture.Command;
import dev.cardvault.capture.Field;
import org.jspecify.annotations.Nullable;

/**
 * Something a capture shall do.
 *
 * @param command what
 * @param field about which field; the one being asked for when absent
 */
record CommandInput(@Nullable String command, @Nullable String field) {

  Command checkedCommand() {
    return Fields.oneOf(Fields.required(command, "/command"), "/command", Command::ofCode);
  }

  @Nullable Field checkedField() {
    return field == null ? null : Fields.oneOf(field, "/field", Field::ofCode);
  }
}
