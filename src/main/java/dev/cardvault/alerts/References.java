package dev.cardvault.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** For how many tokens each business record was named within a day. */
final class References {

  private static final Duration DAY = Duration.ofDays(1);
  private static final int MOST = 2000;
  private static final int MOST_TOKENS = 200;

  private final Map<String, Tokens> tokens =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tokens> eldest) {
          return size() > MOST;
        }
      };

  /**
   * Counts {@code token} for {@code reference}, and tells how many there are; 0 when it was one.
   */
  int add(String reference, UUID token, Instant at) {
    Tokens named = tokens.get(reference);
    if (named == null || at.isAfter(named.since.plus(DAY))) {
      named = new Tokens(at, new HashSet<>());
      tokens.put(reference, named);
    }
    return named.ids.size() < MOST_TOKENS && named.ids.add(token) ? named.ids.size() : 0;
  }

  private record Tokens(Instant since, Set<UUID> ids) {}
}
