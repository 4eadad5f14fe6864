package dev.cardvault.api;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The card numbers of one request, by where they stood in its body. */
final class LiftedPans implements AutoCloseable {

  private final Map<Long, CardNumber> byOffset = new LinkedHashMap<>();

  void add(long offset, CardNumber number) {
    byOffset.put(offset, number);
  }

  /** The number whose value began at {@code offset}, counted in bytes. */
  @Nullable CardNumber at(long offset) {
    return byOffset.get(offset);
  }

  /** Wipes them all: the request was refused. */
  @Override
  public void close() {
    byOffset.values().forEach(CardNumber::close);
  }
}
