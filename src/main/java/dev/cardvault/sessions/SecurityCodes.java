package dev.cardvault.sessions;

import dev.cardvault.access.TenantId;
import dev.cardvault.card.SecurityCode;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Security codes until their one use: in this memory alone, for at most 120 s, each given out once
 * (PCI DSS 3.3.1.2).
 */
@ApplicationScoped
public class SecurityCodes {

  /** How long a code may wait for its use. */
  private static final long LIFE_MILLIS = TimeUnit.SECONDS.toMillis(120);

  private final SessionClock clock;
  private final Map<Key, Kept> codes = new LinkedHashMap<>();

  SecurityCodes(SessionClock clock) {
    this.clock = clock;
  }

  /** Keeps {@code code}, which belongs to this object from here on, in place of an earlier one. */
  public synchronized void keep(TenantId tenant, UUID token, SecurityCode code) {
    Key key = new Key(tenant, token);
    Kept earlier = codes.put(key, new Kept(code, clock.millis()));
    if (earlier != null) {
      earlier.code().close();
    }
    clock.after(LIFE_MILLIS, TimeUnit.MILLISECONDS, this::wipeOld);
  }

  /** Gives the code out, for the caller to close; from now on it is not here any more. */
  public synchronized Optional<SecurityCode> take(TenantId tenant, UUID token) {
    wipeOld();
    return Optional.ofNullable(codes.remove(new Key(tenant, token))).map(Kept::code);
  }

  private synchronized void wipeOld() {
    long now = clock.millis();
    Iterator<Kept> all = codes.values().iterator();
    while (all.hasNext()) {
      Kept kept = all.next();
      if (now - kept.since() >= LIFE_MILLIS) {
        kept.code().close();
        all.remove();
      }
    }
  }

  /** Wipes all of them. */
  @PreDestroy
  public synchronized void wipe() {
    codes.values().forEach(kept -> kept.code().close());
    codes.clear();
  }

  private record Key(TenantId tenant, UUID token) {}

  private record Kept(SecurityCode code, long since) {
    @Override
    public String toString() {
      return "Kept[redacted]";
    }
  }
}
