package dev.cardvault.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cardvault.access.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchTest {

  private static final TenantId TENANT = new TenantId(new UUID(0, 1));
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final History NONE = new History(0, 0, Set.of(), Set.of());

  private final Map<Rule, RuleSetting> settings = new EnumMap<>(AlertStore.defaults());

  @ParameterizedTest
  @CsvSource({
    // busiest hour, threshold, reveals in five minutes, whether that is unusual
    "0,    5, 50,  false",
    "0,    5, 51,  true",
    "60,   5, 51,  true",
    "1200, 5, 500, false",
    "1200, 5, 501, true",
    "1200, 2, 201, true",
  })
  void comparesTheRateWithTheClientsOwnPast(
      long busiest, int threshold, int reveals, boolean unusual) {
    set(Rule.RATE, threshold);
    List<Finding> found =
        seeAll(
            new History(busiest, 0, Set.of(), Set.of()),
            IntStream.range(0, reveals).mapToObj(i -> reveal(NOON.plusMillis(i * 100L))).toList());
    assertEquals(unusual, !of(Rule.RATE, found).isEmpty());
  }

  @Test
  void forgetsWhatIsLongerAgoThanFiveMinutes() {
    List<Sighting> slow =
        IntStream.range(0, 200).mapToObj(i -> reveal(NOON.plusSeconds(i * 10L))).toList();
    assertEquals(List.of(), of(Rule.RATE, seeAll(NONE, slow)));
  }

  @ParameterizedTest
  @CsvSource({"DETOKENIZE, true", "READ_MASKED, true", "AUDIT_READ, false"})
  void noticesWhoLooksForTokensThatDoNotExist(String action, boolean counts) {
    List<Sighting> misses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      misses.add(event(NOON.plusSeconds(i), action, "NOT_FOUND", null, null, null, false));
    }
    assertEquals(List.of(), of(Rule.ENUMERATION, seeAll(NONE, misses.subList(0, 19))));
    assertEquals(counts ? 1 : 0, of(Rule.ENUMERATION, seeAll(NONE, misses)).size());
  }

  @ParameterizedTest
  @CsvSource({"7, 11, true", "6, 11, false", "7, 12, false"})
  void noticesAnHourOfTheDayThatIsNew(int days, int usualHour, boolean unusual) {
    History before = new History(100, days, Set.of(usualHour), Set.of());
    List<Finding> found = of(Rule.OFF_HOURS, seeAll(before, List.of(reveal(NOON))));
    assertEquals(
        unusual ? List.of("hour 12") : List.of(), found.stream().map(Finding::about).toList());
  }

  @Test
  void noticesANetworkThatIsNewOnceTheClientHasOne() {
    History before = new History(0, 0, Set.of(), Set.of("192.0.2.0/24"));
    List<Sighting> calls =
        List.of(
            from(NOON, "192.0.2.77"),
            from(NOON.plusSeconds(1), "198.51.100.7"),
            from(NOON.plusSeconds(2), "198.51.100.8"),
            from(NOON.plusSeconds(3), "2001:db8:1:2::3"));
    assertEquals(
        List.of("198.51.100.0/24", "2001:db8:1::/48"),
        of(Rule.NEW_NETWORK, seeAll(before, calls)).stream().map(Finding::about).toList());
    assertEquals(List.of(), of(Rule.NEW_NETWORK, seeAll(NONE, calls.subList(0, 1))));
  }

  @Test
  void noticesOneBusinessRecordForManyCards() {
    List<Sighting> same = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      same.add(withReference(NOON.plusSeconds(i), "invoice:1", new UUID(0, i / 2)));
    }
    assertEquals(List.of(), of(Rule.REFERENCE_REUSE, seeAll(NONE, same)));
    same.add(withReference(NOON.plusSeconds(9), "invoice:1", new UUID(0, 9)));
    same.add(withReference(NOON.plusSeconds(10), "invoice:1", new UUID(0, 9)));
    same.add(withReference(NOON.plusSeconds(11), "invoice:2", new UUID(0, 10)));
    assertEquals(1, of(Rule.REFERENCE_REUSE, seeAll(NONE, same)).size());
  }

  @Test
  void beginsABusinessRecordAnewAfterADay() {
    List<Sighting> slow = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      slow.add(withReference(NOON.plus(Duration.ofHours(7L * i)), "invoice:1", new UUID(0, i)));
    }
    assertEquals(List.of(), of(Rule.REFERENCE_REUSE, seeAll(NONE, slow)));
  }

  @ParameterizedTest
  @CsvSource({"DETOKENIZE, GRANTED", "DETOKENIZE, DENIED", "READ_MASKED, MASKED"})
  void noticesADecoyHoweverItIsTouched(String action, String outcome) {
    Sighting touched = event(NOON, action, outcome, null, null, new UUID(0, 5), true);
    assertEquals(
        List.of("tok_00000000-0000-0000-0000-000000000005"),
        of(Rule.DECOY, seeAll(NONE, List.of(touched))).stream().map(Finding::about).toList());
  }

  @Test
  void noticesACardThatDoesNotMatchItsSeal() {
    Sighting broken = event(NOON, "DETOKENIZE", "INTEGRITY_FAILURE", null, null, null, false);
    assertEquals(1, of(Rule.INTEGRITY, seeAll(NONE, List.of(broken))).size());
  }

  @ParameterizedTest
  @CsvSource({"DENIED, 1", "GRANTED, 0", "NOT_FOUND, 0"})
  void noticesASecurityCodeAskedForAgain(String outcome, int alerts) {
    Sighting again = event(NOON, "SECURITY_CODE_CONSUME", outcome, null, null, null, false);
    assertEquals(alerts, of(Rule.CODE_REUSE, seeAll(NONE, List.of(again))).size());
  }

  @Test
  void saysNothingByARuleThatIsSwitchedOff() {
    settings.put(Rule.DECOY, new RuleSetting(Rule.DECOY, false, 1, Response.NONE));
    Sighting touched = event(NOON, "DETOKENIZE", "GRANTED", null, null, new UUID(0, 5), true);
    assertEquals(List.of(), of(Rule.DECOY, seeAll(NONE, List.of(touched))));
  }

  @Test
  void countsEachClientByItself() {
    Watch watch = new Watch((client, now) -> NONE);
    List<Finding> found = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Sighting one = event(NOON, "DETOKENIZE", "NOT_FOUND", null, null, null, false);
      found.addAll(
          watch.see(
              new Sighting(
                  one.id(),
                  one.at(),
                  TENANT,
                  "cli_" + i % 2,
                  one.action(),
                  one.outcome(),
                  null,
                  null,
                  null,
                  false),
              settings));
    }
    assertEquals(List.of(), found);
  }

  @Test
  void mergesTheSameFinding() {
    set(Rule.ENUMERATION, 1);
    List<Sighting> misses = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      misses.add(event(NOON.plusSeconds(i), "DETOKENIZE", "NOT_FOUND", null, null, null, false));
    }
    Map<Finding, Integer> merged = Raiser.merged(of(Rule.ENUMERATION, seeAll(NONE, misses)));
    assertEquals(List.of(5), List.copyOf(merged.values()));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.77, 192.0.2.0/24",
    "2001:db8:1:2::3, 2001:db8:1::/48",
    "::1, 0:0:0::/48",
    "::ffff:192.0.2.77, 192.0.2.0/24",
    "unknown, unknown",
  })
  void countsAnAddressToItsNetwork(String address, String network) {
    assertEquals(network, SourceNetwork.of(address));
  }

  private void set(Rule rule, int threshold) {
    settings.put(rule, new RuleSetting(rule, true, threshold, Response.NONE));
  }

  private List<Finding> seeAll(History history, List<Sighting> events) {
    Watch watch = new Watch((client, now) -> history);
    List<Finding> found = new ArrayList<>();
    events.forEach(event -> found.addAll(watch.see(event, settings)));
    return found;
  }

  private static List<Finding> of(Rule rule, List<Finding> findings) {
    return findings.stream().filter(f -> f.setting().rule() == rule).toList();
  }

  private static Sighting reveal(Instant at) {
    return event(at, "DETOKENIZE", "GRANTED", null, null, UUID.randomUUID(), false);
  }

  private static Sighting from(Instant at, String source) {
    return event(at, "READ_MASKED", "MASKED", source, null, null, false);
  }

  private static Sighting withReference(Instant at, String reference, UUID token) {
    return event(at, "DETOKENIZE", "GRANTED", null, reference, token, false);
  }

  private static Sighting event(
      Instant at,
      String action,
      String outcome,
      @Nullable String source,
      @Nullable String reference,
      @Nullable UUID token,
      boolean decoy) {
    return new Sighting(
        UUID.randomUUID(), at, TENANT, "cli_a", action, outcome, source, reference, token, decoy);
  }
}
