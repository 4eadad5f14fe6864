package dev.cardvault.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Makes UUIDv7 (RFC 9562, 5.7): a millisecond and 74 random bits, so that new rows lie side by side
 * in an index.
 */
@ApplicationScoped
public class Ids {

  private final Clock clock;
  private final SecureRandom random;

  /** Takes time and chance from outside. */
  public Ids(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /** A new id of this moment. */
  public UUID next() {
    return at(now());
  }

  /** A new id of {@code instant}. */
  public UUID at(Instant instant) {
    byte[] chance = new byte[10];
    random.nextBytes(chance);
    ByteBuffer bits = ByteBuffer.wrap(chance);
    long high = instant.toEpochMilli() << 16 | 0x7000 | (bits.getShort() & 0x0fff);
    long low = 0x8000_0000_0000_0000L | (bits.getLong() & 0x3fff_ffff_ffff_ffffL);
    return new UUID(high, low);
  }

  /** This moment, to the millisecond, as every row here tells time. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
