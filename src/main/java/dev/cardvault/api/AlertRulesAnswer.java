package dev.cardvault.api;

import dev.cardvault.alerts.RuleSetting;
import java.util.List;

/**
 * All rules.
 *
 * @param data as they hold for the tenant
 */
record AlertRulesAnswer(List<Entry> data) {

  static AlertRulesAnswer of(List<RuleSetting> settings) {
    return new AlertRulesAnswer(settings.stream().map(Entry::of).toList());
  }

  /** A rule; see {@link RuleSetting}. */
  record Entry(String rule, String object, boolean enabled, int threshold, String response) {

    static Entry of(RuleSetting setting) {
      return new Entry(
          setting.rule().code(),
          "alert_rule",
          setting.enabled(),
          setting.threshold(),
          setting.response().code());
    }
  }
}
