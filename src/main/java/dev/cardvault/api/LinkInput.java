package dev.cardvault.api;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A link code, given at an agent's screen.
 *
 * @param linkCode six digits
 */
record LinkInput(@Nullable String linkCode) {

  private static final Pattern SIX_DIGITS = Pattern.compile("[0-9]{6}");

  byte[] checked() {
    String code = Fields.required(linkCode, "/link_code");
    if (!SIX_DIGITS.matcher(code).matches()) {
      throw Fields.invalid("/link_code", "A link code has six digits");
    }
    return code.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "LinkInput[redacted]";
  }
}
