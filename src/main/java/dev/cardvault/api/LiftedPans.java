package dev.cardvault.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The card data of one request, by where they stood in its body. */
final class LiftedPans implements AutoCloseable {

  private final Map<Long, CardNumber> byOffset = new LinkedHashMap<>();
  private final Map<Long, KeyedCode> codes = new LinkedHashMap<>();

  void add(long offset, CardNumber number) {
    byOffset.put(offset, number);
  }

  /** The number whose value began at {@code offset}, counted in bytes. */
  @Nullable CardNumber at(long offset) {
    return byOffset.get(offset);
  }

  void add(long offset, KeyedCode code) {
    codes.put(offset, code);
  }

  /** The security code whose value began at {@code offset}, counted in bytes. */
  @Nullable KeyedCode codeAt(long offset) {
    return codes.get(offset);
  }

  /** What was lifted from where Jackson stands now; {@code null} where nothing was. */
  static <T> @Nullable T here(JsonParser parser, DeserializationContext context, Lookup<T> wanted) {
    return context.getAttribute(LiftedPans.class) instanceof LiftedPans lifted
        ? wanted.at(lifted, parser.currentTokenLocation().getByteOffset())
        : null;
  }

  /** Finds what was lifted from a place. */
  @FunctionalInterface
  interface Lookup<T> {
    @Nullable T at(LiftedPans lifted, long offset);
  }

  /** Wipes them all: the request was refused. */
  @Override
  public void close() {
    byOffset.values().forEach(CardNumber::close);
    codes.values().forEach(KeyedCode::close);
  }
}
