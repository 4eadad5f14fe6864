package dev.cardvault.clients;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Locks a client, or a connector, out at an address after too many failed logins from there (PCI
 * DSS 8.3.4). Only there: whoever guesses must not lock out the client itself. Ids that no client
 * has are treated alike, so that they cannot be told apart.
 */
@ApplicationScoped
public class LoginThrottle {

  private static final Pattern CLIENT = Pattern.compile("(?:cli|con)_[0-9a-f-]{36}");
  private static final int MOST_REMEMBERED = 100_000;

  private final Clock clock;
  private final int failuresAllowed;
  private final Duration lockout;
  private final Cache<Attempt, Failed> failures;

  LoginThrottle(ClientsConfig config, Clock clock) {
    this.clock = clock;
    this.failuresAllowed = config.failuresBeforeLockout();
    this.lockout = config.lockout();
    this.failures =
        Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(lockout).build();
  }

  /** How long {@code clientId} has to wait at {@code source}; {@code null} when it need not. */
  public @Nullable Duration waitOf(String clientId, String source) {
    Failed failed = failures.getIfPresent(Attempt.of(clientId, source));
    if (failed == null || failed.times() < failuresAllowed) {
      return null;
    }
    Duration left = Duration.between(clock.instant(), failed.last().plus(lockout));
    return left.isNegative() || left.isZero() ? null : left;
  }

  /** Counts a failed login; whether it was the one that locks the client out. */
  public boolean failed(String clientId, String source) {
    Instant now = clock.instant();
    Failed counted =
        failures
            .asMap()
            .merge(
                Attempt.of(clientId, source),
                new Failed(1, now),
                (before, one) ->
                    before.last().plus(lockout).isAfter(now)
                        ? new Failed(before.times() + 1, now)
                        : one);
    return counted.times() == failuresAllowed;
  }

  /** Forgets the failures of a client that now logged in. */
  public void succeeded(String clientId, String source) {
    failures.invalidate(Attempt.of(clientId, source));
  }

  private record Attempt(String clientId, String source) {

    /** What cannot be a client's id may be anything, a card number included, and is not kept. */
    static Attempt of(String clientId, String source) {
      return new Attempt(CLIENT.matcher(clientId).matches() ? clientId : "", source);
    }
  }

  private record Failed(int times, Instant last) {}
}
