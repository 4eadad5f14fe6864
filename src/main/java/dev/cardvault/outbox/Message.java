package dev.cardvault.outbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something to tell the outside.
 *
 * @param kind what it is about, like {@code alert}; destinations subscribe to kinds
 * @param lane what must arrive in its order shares a lane, like a capture's messages; {@code null}
 *     where order does not matter
 * @param body JSON; never a card number, a security code or a token's text
 * @param goodFor how long anybody wants it; after that it is given up
 */
public record Message(String kind, @Nullable String lane, String body, Duration goodFor) {

  /** What most messages are good for: a receiver that is down over a long weekend gets them. */
  public static final Duration DAYS = Duration.ofDays(4);
}
