package dev.cardvault.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The settings of capture profiles as they are stored. */
final class CaptureProfileJson {

  private static final ObjectWriter SHORT =
      Json.MAPPER.copy().setSerializationInclusion(JsonInclude.Include.NON_NULL).writer();

  private CaptureProfileJson() {}

  /** What {@code stored} says. */
  static CaptureSettings settings(String stored) {
    try {
      return Json.MAPPER.readValue(stored, CaptureSettings.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The settings of a capture profile cannot be read", e);
    }
  }

  /** How {@code settings}, once they are checked, are stored. */
  static String text(CaptureSettings settings) {
    settings.checked();
    try {
      return SHORT.writeValueAsString(settings);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record can always be written", e);
    }
  }

  /** {@code stored} after a merge patch. */
  static String patched(String stored, ObjectNode patch) {
    try {
      ObjectNode tree = (ObjectNode) Json.MAPPER.readTree(stored);
      return text(JsonShape.fromTree(MergePatch.apply(tree, patch), CaptureSettings.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The settings of a capture profile cannot be read", e);
    }
  }
}
