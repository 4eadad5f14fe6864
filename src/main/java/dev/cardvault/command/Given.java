package dev.cardvault.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names and values in the order they are said; what has no value is passed by. */
final class Given {

  private final Map<String, Object> values = new LinkedHashMap<>();

  Given and(String name, @Nullable Object value) {
    if (value != null) {
      values.put(name, value);
    }
    return this;
  }

  Map<String, Object> values() {
    return values;
  }

  /** They as a request's body. */
  byte[] body() {
    return Json.bytes(values);
  }

  /** They as a query. */
  String query() {
    return ServiceClient.query(values);
  }
}
