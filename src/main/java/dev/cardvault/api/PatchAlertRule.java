package dev.cardvault.api;

import dev.cardvault.alerts.Response;
import dev.cardvault.alerts.RuleSetting;
import org.jspecify.annotations.Nullable;

/**
 * What is to change of a rule; what is absent stays.
 *
 * @param enabled whether it is looked at
 * @param threshold from which number on, 1 to 1,000,000
 * @param response what is done to the client
 */
record PatchAlertRule(
    @Nullable Boolean enabled, @Nullable Integer threshold, @Nullable String response) {

  private static final int MOST = 1_000_000;

  RuleSetting applyTo(RuleSetting setting) {
    if (threshold != null && (threshold < 1 || threshold > MOST)) {
      throw Fields.invalid("/threshold", "A threshold is 1 to " + MOST);
    }
    return new RuleSetting(
        setting.rule(),
        enabled == null ? setting.enabled() : enabled,
        threshold == null ? setting.threshold() : threshold,
        response == null
            ? setting.response()
            : Fields.oneOf(response, "/response", Response::ofCode));
  }
}
