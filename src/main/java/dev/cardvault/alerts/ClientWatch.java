package dev.cardvault.alerts;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at what one client does. */
final class ClientWatch {

  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final int WINDOWS_IN_AN_HOUR = 12;

  /** A client without a past sees some PANs before that is unusual. */
  private static final long ORDINARY_HOUR = 120;

  private static final Duration HISTORY_IS_GOOD_FOR = Duration.ofHours(1);

  private final ClientKey client;
  private final Histories histories;
  private final Window reveals = new Window(WINDOW);
  private final Window misses = new Window(WINDOW);
  private final References references = new References();
  private final Set<String> networksSince = new HashSet<>();
  private @Nullable History history;
  private Instant historyFrom = Instant.MIN;
  private int brokenSeals;
  private int usedCodes;

  ClientWatch(ClientKey client, Histories histories) {
    this.client = client;
    this.histories = histories;
  }

  /** What is unusual about {@code seen}. */
  List<Finding> see(Sighting seen, Map<Rule, RuleSetting> settings) {
    List<Finding> findings = new ArrayList<>();
    for (RuleSetting setting : settings.values()) {
      // Each rule counts even while it is switched off, so that switching it on finds it awake.
      Oddity oddity = look(setting, seen);
      if (oddity != null && setting.enabled()) {
        findings.add(
            new Finding(
                setting,
                client.tenant(),
                client.clientId(),
                oddity.about,
                oddity.summary,
                seen.id(),
                seen.at()));
      }
    }
    return findings;
  }

  private @Nullable Oddity look(RuleSetting setting, Sighting seen) {
    return switch (setting.rule()) {
      case RATE -> rate(setting, seen);
      case ENUMERATION -> enumeration(setting, seen);
      case OFF_HOURS -> offHours(setting, seen);
      case NEW_NETWORK -> newNetwork(setting, seen);
      case REFERENCE_REUSE -> referenceReuse(setting, seen);
      case DECOY -> seen.decoy() ? new Oddity("tok_" + seen.token(), "A decoy was touched") : null;
      case INTEGRITY -> integrity(setting, seen);
      case CODE_REUSE -> codeReuse(setting, seen);
    };
  }

  private @Nullable Oddity rate(RuleSetting setting, Sighting seen) {
    if (!seen.reveals()) {
      return null;
    }
    int count = reveals.add(seen.at());
    long ordinary = Math.max(history(seen.at()).busiestHour(), ORDINARY_HOUR) / WINDOWS_IN_AN_HOUR;
    return count > ordinary * setting.threshold()
        ? new Oddity("rate", count + " PANs in 5 minutes; its busiest hours have " + ordinary)
        : null;
  }

  private @Nullable Oddity enumeration(RuleSetting setting, Sighting seen) {
    if (!seen.misses()) {
      return null;
    }
    int count = misses.add(seen.at());
    return count >= setting.threshold()
        ? new Oddity("unknown tokens", count + " tokens that do not exist in 5 minutes")
        : null;
  }

  private @Nullable Oddity offHours(RuleSetting setting, Sighting seen) {
    if (!seen.reveals()) {
      return null;
    }
    History before = history(seen.at());
    int hour = seen.at().atOffset(ZoneOffset.UTC).getHour();
    return before.revealDays() >= setting.threshold() && !before.revealHours().contains(hour)
        ? new Oddity(
            "hour " + hour, "A PAN in the hour of %02d:00 UTC, new to the client".formatted(hour))
        : null;
  }

  private @Nullable Oddity newNetwork(RuleSetting setting, Sighting seen) {
    if (seen.source() == null) {
      return null;
    }
    String network = SourceNetwork.of(seen.source());
    Set<String> before = history(seen.at()).networks();
    int known = before.size() + networksSince.size();
    boolean isNew = !before.contains(network) && networksSince.add(network);
    return isNew && known >= setting.threshold()
        ? new Oddity(network, "A call from " + network + ", new to the client")
        : null;
  }

  private @Nullable Oddity referenceReuse(RuleSetting setting, Sighting seen) {
    if (!seen.reveals() || seen.reference() == null || seen.token() == null) {
      return null;
    }
    int count = references.add(seen.reference(), seen.token(), seen.at());
    return count == setting.threshold()
        ? new Oddity(
            "reference of evt_" + seen.id(),
            "One business record for " + count + " tokens within a day")
        : null;
  }

  private @Nullable Oddity integrity(RuleSetting setting, Sighting seen) {
    return seen.breaksSeal() && ++brokenSeals >= setting.threshold()
        ? new Oddity("seals", "A stored card does not match its seal")
        : null;
  }

  private @Nullable Oddity codeReuse(RuleSetting setting, Sighting seen) {
    return seen.asksForAUsedCode() && ++usedCodes >= setting.threshold()
        ? new Oddity("security codes", "A security code was asked for a second time, or too late")
        : null;
  }

  private History history(Instant now) {
    History known = history;
    if (known == null || now.isAfter(historyFrom.plus(HISTORY_IS_GOOD_FOR))) {
      known = histories.of(client, now);
      history = known;
      historyFrom = now;
      networksSince.removeAll(known.networks());
    }
    return known;
  }

  /**
   * What is unusual.
   *
   * @param about what it is about, beside the client
   * @param summary for people
   */
  private record Oddity(String about, String summary) {}
}
