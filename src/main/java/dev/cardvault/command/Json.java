package dev.cardvault.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/** JSON as commands read and write it. */
final class Json {

  /** Quotes no input in what it complains of. */
  static final ObjectMapper MAPPER =
      JsonMapper.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

  private Json() {}

  /** An object's bytes. */
  static byte[] bytes(Map<String, ?> object) {
    try {
      return MAPPER.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts and numbers are always JSON", e);
    }
  }

  /** What stands at {@code pointer}, for people: nothing where there is nothing. */
  static String text(JsonNode node, String pointer) {
    JsonNode at = node.at(pointer);
    return at.isMissingNode() || at.isNull()
        ? ""
        : at.isValueNode() ? at.asText() : at.isEmpty() ? "" : at.toString();
  }
}
