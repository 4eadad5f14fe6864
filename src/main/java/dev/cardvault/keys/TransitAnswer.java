package dev.cardvault.keys;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Transit answers when it makes or opens a key: {@code {"data": {"plaintext", "ciphertext"}}}.
 * Read from bytes to bytes: a key never becomes a {@link String}.
 */
final class TransitAnswer {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final Pattern CIPHERTEXT =
      Pattern.compile("vault:v([1-9][0-9]{0,8}):[A-Za-z0-9+/=]+");

  private byte @Nullable [] plaintext;
  private @Nullable String ciphertext;

  private TransitAnswer() {}

  /**
   * Reads {@code body}, which is wiped.
   *
   * @throws KeyServerException {@code GARBLED} when it is not such an answer, whole and once
   */
  static TransitAnswer read(String operation, byte[] body) {
    TransitAnswer answer = new TransitAnswer();
    try (JsonParser parser = JSON.createParser(body)) {
      answer.readAll(parser);
      return answer;
    } catch (IOException notJson) {
      // The parser's words quote the body, so they are dropped.
      answer.wipe();
      throw garbled(operation);
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  /** The key in the clear. Belongs to the caller. */
  KeyBytes key(String operation) {
    byte[] bytes = plaintext;
    plaintext = null;
    if (bytes == null) {
      throw garbled(operation);
    }
    try {
      return KeyBytes.takeOwnershipOf(bytes);
    } catch (IllegalArgumentException ofAnotherLength) {
      throw garbled(operation);
    }
  }

  /** The wrapped key. */
  WrappedKey wrapped(String operation) {
    return wrapped(operation, ciphertext);
  }

  /** The wrapped key that is {@code text}. */
  static WrappedKey wrapped(String operation, @Nullable String text) {
    Matcher parts = CIPHERTEXT.matcher(text == null ? "" : text);
    if (!parts.matches() || parts.end() > 1_000) {
      throw garbled(operation);
    }
    return new WrappedKey(parts.group(), Integer.parseInt(parts.group(1)));
  }

  /** Forgets the key, if nobody has taken it. */
  void wipe() {
    byte[] bytes = plaintext;
    if (bytes != null) {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private void readAll(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("not an object");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean data = parser.currentName().equals("data");
      if (parser.nextToken() == JsonToken.START_OBJECT && data) {
        readData(parser);
      } else {
        parser.skipChildren();
      }
    }
    if (parser.nextToken() != null) {
      throw new IOException("more than an object");
    }
  }

  private void readData(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.VALUE_STRING && name.equals("plaintext")) {
        plaintext = parser.getBinaryValue();
      } else if (value == JsonToken.VALUE_STRING && name.equals("ciphertext")) {
        ciphertext = parser.getText();
      } else {
        parser.skipChildren();
      }
    }
  }

  private static KeyServerException garbled(String operation) {
    return new KeyServerException(KeyServerException.Kind.GARBLED, operation, 200);
  }
}
