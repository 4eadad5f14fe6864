package dev.cardvault.api;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a scan does with each place of a body.
 *
 * @param pan where card numbers may stand, step by step; empty for nowhere
 * @param kept the places that are read; {@code null} for all of them
 */
// Compared by nobody.
@SuppressWarnings("ArrayRecordComponent")
record BodyPlaces(String[] pan, @Nullable List<String[]> kept) {

  /** Those of a request's type. */
  static BodyPlaces of(Class<?> type) {
    CarriesPan pan = type.getAnnotation(CarriesPan.class);
    Keeps keeps = type.getAnnotation(Keeps.class);
    return new BodyPlaces(
        pan == null ? new String[0] : steps(pan.value()),
        keeps == null ? null : Stream.of(keeps.value()).map(BodyPlaces::steps).toList());
  }

  /** Card numbers may stand at {@code place} alone, or nowhere. */
  static BodyPlaces withPanAt(@Nullable String place) {
    return new BodyPlaces(place == null ? new String[0] : steps(place), null);
  }

  private static String[] steps(String pointer) {
    return pointer.substring(1).split("/", -1);
  }
}
