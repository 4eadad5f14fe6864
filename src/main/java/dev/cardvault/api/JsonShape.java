package dev.cardvault.api;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.cardvault.card.Pan;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * How one type of request is read: the card numbers are taken out first, and a caller is told what
 * is wrong with the rest without being shown any of it.
 */
final class JsonShape {

  private final ObjectReader reader;
  private final BodyPlaces places;

  JsonShape(Class<?> type) {
    ObjectReader strict = Json.MAPPER.readerFor(type);
    places = BodyPlaces.of(type);
    reader =
        places.kept() == null
            ? strict
            : strict.without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  /**
   * The request that {@code body} says, which is changed on the way. Card numbers belong to whoever
   * gets the request; they are wiped where it is refused.
   *
   * @param redacted is shown the body once there is no card number in it any more
   * @throws ProblemException {@code malformed-json}, {@code unknown-field} or {@code
   *     pan-in-metadata}
   */
  Object read(RequestBody body, Consumer<RequestBody> redacted) {
    return read(body, Pan::copyOf, redacted);
  }

  /** The same, with card numbers made by {@code cards}. */
  Object read(RequestBody body, CardReader cards, Consumer<RequestBody> redacted) {
    LiftedPans pans = BodyScan.lift(body, places, cards);
    boolean done = false;
    try {
      redacted.accept(body);
      Object request =
          reader.withAttribute(LiftedPans.class, pans).readValue(body.bytes(), 0, body.length());
      done = true;
      return request;
    } catch (IOException e) {
      throw problemOf(e);
    } finally {
      if (!done) {
        pans.close();
      }
    }
  }

  /**
   * The {@code type} that {@code tree} says, which holds no card number any more.
   *
   * @throws ProblemException {@code malformed-json} or {@code unknown-field}
   */
  static <T> T fromTree(JsonNode tree, Class<T> type) {
    try {
      return Json.MAPPER.treeToValue(tree, type);
    } catch (IOException e) {
      throw problemOf(e);
    }
  }

  /** What to tell of a body that Jackson refused: never its message, which quotes. */
  private static ProblemException problemOf(IOException refused) {
    if (!(refused instanceof JsonMappingException mapping)) {
      return BodyScan.malformed();
    }
    String pointer = pointerTo(mapping.getPath());
    return refused instanceof UnrecognizedPropertyException
        ? ProblemException.at(
            pointer, ProblemCode.UNKNOWN_FIELD, "The endpoint does not know this field")
        : ProblemException.at(
            pointer, ProblemCode.MALFORMED_JSON, "The value is of the wrong type");
  }

  private static String pointerTo(List<JsonMappingException.Reference> path) {
    Pointer pointer = new Pointer();
    for (JsonMappingException.Reference step : path) {
      String name = step.getFieldName();
      if (name == null) {
        pointer.item(Math.max(0, step.getIndex()));
      } else {
        pointer.field(name);
      }
    }
    return pointer.toString();
  }
}
