package dev.cardvault.command;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;

/**
 * A request's body with a card number in it, wiped once it is sent. What the JVM's HTTP client and
 * Jackson copied on the way is gone with the process, which ends right after.
 */
final class CardBody implements AutoCloseable {

  private final byte[] bytes;

  /**
   * Writes {@code {"card": {"number", ...card}, ...rest}}.
   *
   * @param card what else is told of the card
   * @param rest what else is asked
   */
  CardBody(TypedCard number, Map<String, Object> card, Map<String, Object> rest) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.MAPPER.getFactory().createGenerator(body)) {
      json.writeStartObject();
      json.writeObjectFieldStart("card");
      json.writeFieldName("number");
      json.writeUTF8String(number.digits(), 0, number.digits().length);
      write(json, card);
      json.writeEndObject();
      write(json, rest);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bytes = body.toByteArray();
  }

  private static void write(JsonGenerator json, Map<String, Object> fields) throws IOException {
    for (var field : fields.entrySet()) {
      json.writeObjectField(field.getKey(), field.getValue());
    }
  }

  /** The body, not a copy. */
  byte[] bytes() {
    return bytes;
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }
}
