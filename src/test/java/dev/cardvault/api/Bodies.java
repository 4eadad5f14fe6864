package dev.cardvault.api;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Bodies of requests, as they come in. */
final class Bodies {

  private Bodies() {}

  static RequestBody of(String json) {
    return of(json.getBytes(StandardCharsets.UTF_8));
  }

  static RequestBody of(byte[] json) {
    RequestBody body = new RequestBody(json.length);
    if (!body.takeOver(Buffer.buffer(json))) {
      throw new IllegalArgumentException("Too long for a body");
    }
    return body;
  }

  static String textOf(RequestBody body) {
    return new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8);
  }
}
