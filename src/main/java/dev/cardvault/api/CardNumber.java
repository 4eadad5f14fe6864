package dev.cardvault.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import dev.cardvault.card.Pan;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The card number of a request: a PAN, or why it is none. It was lifted out of the request's bytes
 * by {@link LiftedPans} before Jackson saw them.
 */
final class CardNumber implements AutoCloseable {

  private final @Nullable Pan pan;
  private final @Nullable ProblemException refusal;

  private CardNumber(@Nullable Pan pan, @Nullable ProblemException refusal) {
    this.pan = pan;
    this.refusal = refusal;
  }

  static CardNumber of(Pan pan) {
    return new CardNumber(pan, null);
  }

  static CardNumber refused(ProblemCode code, String rule) {
    return new CardNumber(null, ProblemException.at("/card/number", code, rule));
  }

  /**
   * The PAN, which belongs to whoever calls.
   *
   * @throws ProblemException when the request gave none; its pointer is {@code /card/number}
   */
  Pan take() {
    if (refusal != null) {
      throw refusal;
    }
    if (pan == null) {
      throw new IllegalStateException("A card number is a PAN or refused");
    }
    return pan;
  }

  @Override
  public void close() {
    if (pan != null) {
      pan.close();
    }
  }

  @Override
  public String toString() {
    return "CardNumber[redacted]";
  }

  /** Puts the card number that was lifted from this place of the body back into the request. */
  static final class FromLifted extends JsonDeserializer<CardNumber> {

    @Override
    public @Nullable CardNumber deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      CardNumber number = LiftedPans.here(parser, context, LiftedPans::at);
      return number == null
          ? (CardNumber) context.handleUnexpectedToken(CardNumber.class, parser)
          : number;
    }
  }
}
