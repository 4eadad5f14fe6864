package dev.cardvault.review;

import dev.cardvault.sequencer.LogStanding;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened on one UTC day in one tenant.
 *
 * @param events how many events the log has of it
 * @param counts them, by client, action, purpose and outcome
 * @param denied what was refused, by client and rule
 * @param newNetworks from where clients called for the first time
 * @param newHours at which hours of the day clients saw PANs that they had not in four weeks before
 * @param alerts what the rules found
 * @param log how the audit log was when this was summed up
 */
@RegisterForReflection
public record DailyReport(
    long events,
    List<Count> counts,
    List<Denied> denied,
    List<NewNetwork> newNetworks,
    List<NewHour> newHours,
    List<AlertCount> alerts,
    LogState log) {

  public DailyReport {
    counts = List.copyOf(counts);
    denied = List.copyOf(denied);
    newNetworks = List.copyOf(newNetworks);
    newHours = List.copyOf(newHours);
    alerts = List.copyOf(alerts);
  }

  /**
   * Events of a kind; the client and the purpose are absent where an event has none.
   *
   * @param clientId who asked
   * @param action what for
   * @param purpose why
   * @param outcome how it was answered
   * @param events how many
   */
  @RegisterForReflection
  public record Count(
      @Nullable String clientId,
      String action,
      @Nullable String purpose,
      String outcome,
      long events) {}

  /**
   * Refusals by one rule.
   *
   * @param clientId who was refused
   * @param rule by which rule
   * @param events how often
   */
  @RegisterForReflection
  public record Denied(@Nullable String clientId, String rule, long events) {}

  /**
   * A network that was new to a client.
   *
   * @param clientId who called
   * @param network from where
   * @param firstAt when
   */
  @RegisterForReflection
  public record NewNetwork(String clientId, String network, Instant firstAt) {}

  /**
   * An hour of the day that was new to a client.
   *
   * @param clientId who saw PANs
   * @param hour 0 to 23, UTC
   * @param events how many
   */
  @RegisterForReflection
  public record NewHour(String clientId, int hour, long events) {}

  /**
   * Alerts of one rule.
   *
   * @param rule which
   * @param raised how many on that day
   * @param open how many of them nobody has resolved yet
   */
  @RegisterForReflection
  public record AlertCount(String rule, long raised, long open) {}

  /**
   * The audit log.
   *
   * @param lastEventAt the day's last event; {@code null} when there is none
   * @param counted how many events of the day have been counted
   * @param complete whether that is all of them
   * @param proven how far it can be proven; {@code null} in reports that were made before it was
   *     told
   */
  @RegisterForReflection
  public record LogState(
      @Nullable Instant lastEventAt,
      long counted,
      boolean complete,
      @Nullable LogStanding proven) {}
}
