package dev.cardvault.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import dev.cardvault.card.CardBrand;
import dev.cardvault.card.SecurityCode;
import dev.cardvault.problem.ProblemException;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A security code as a platform hands it over, in the clear or encrypted: bytes that are wiped, and
 * never a text. It was lifted out of the request's bytes before Jackson saw them.
 */
final class KeyedCode implements AutoCloseable {

  private final byte[] bytes;

  /** Takes over {@code bytes}. */
  KeyedCode(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The bytes themselves, not a copy: they are gone once this is closed. */
  byte[] bytes() {
    return bytes;
  }

  /**
   * The security code of a card of {@code brand}, a copy; {@code null} when the caller keyed none.
   *
   * @throws ProblemException {@code invalid-field} when no such card has such a code
   */
  @Nullable SecurityCode of(CardBrand brand) {
    return bytes.length == 0 ? null : SecurityCode.takeOwnershipOf(bytes.clone(), brand);
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "KeyedCode[redacted]";
  }

  /** Puts the code that was lifted from this place of the body back into the request. */
  static final class FromLifted extends JsonDeserializer<KeyedCode> {

    /** What was not lifted, such as a number, whose zeros are lost, is no code. */
    @Override
    public @Nullable KeyedCode deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      KeyedCode code = LiftedPans.here(parser, context, LiftedPans::codeAt);
      parser.skipChildren();
      return code;
    }
  }
}
