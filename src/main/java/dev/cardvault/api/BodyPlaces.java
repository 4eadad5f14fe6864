package dev.cardvault.api;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a scan does with each place of a body.
 *
 * @param pan where card numbers may stand, step by step; empty for nowhere
 * @param code where a security code may stand; empty for nowhere
 * @param kept the places that are read; {@code null} for all of them
 */
// Compared by nobody.
@SuppressWarnings("ArrayRecordComponent")
record BodyPlaces(String[] pan, String[] code, @Nullable List<String[]> kept) {

  private static final String[] NOWHERE = {};

  /** Those of a request's type. */
  static BodyPlaces of(Class<?> type) {
    CarriesPan pan = type.getAnnotation(CarriesPan.class);
    Keeps keeps = type.getAnnotation(Keeps.class);
    return new BodyPlaces(
        pan == null ? NOWHERE : steps(pan.value()),
        pan == null ? NOWHERE : steps(pan.code()),
        keeps == null ? null : Stream.of(keeps.value()).map(BodyPlaces::steps).toList());
  }

  /** Card numbers may stand at {@code place} alone, or nowhere. */
  static BodyPlaces withPanAt(@Nullable String place) {
    return new BodyPlaces(steps(place == null ? "" : place), NOWHERE, null);
  }

  private static String[] steps(String pointer) {
    return pointer.isEmpty() ? NOWHERE : pointer.substring(1).split("/", -1);
  }
}
