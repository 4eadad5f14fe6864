package dev.cardvault.testing;

import dev.cardvault.audit.AuditLog;
import dev.cardvault.audit.LogState;
import dev.cardvault.database.Ids;
import dev.cardvault.database.Node;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** For events of another time than now. */
public final class StoppedClock {

  private StoppedClock() {}

  /** A log whose events are all of {@code then}. */
  public static AuditLog logAt(Instant then) {
    Clock clock = Clock.fixed(then, ZoneOffset.UTC);
    return new AuditLog(new Ids(clock, new SecureRandom()), new Node("then"), new LogState());
  }
}
