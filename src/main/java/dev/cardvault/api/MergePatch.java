package dev.cardvault.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Applies merge patches (RFC 7396 2). */
final class MergePatch {

  private MergePatch() {}

  /** {@code target} after {@code patch}; it is changed. */
  static ObjectNode apply(ObjectNode target, ObjectNode patch) {
    patch
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              if (value.isNull()) {
                target.remove(field.getKey());
              } else if (value.isObject()) {
                target.set(
                    field.getKey(), apply(objectAt(target, field.getKey()), (ObjectNode) value));
              } else {
                target.set(field.getKey(), value);
              }
            });
    return target;
  }

  private static ObjectNode objectAt(ObjectNode target, String name) {
    return target.get(name) instanceof ObjectNode object ? object : target.objectNode();
  }
}
