package dev.cardvault.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What production asks of its settings, before anything starts (PCI DSS 2.2: no insecure default
 * survives a start).
 */
final class ProductionChecks {

  private static final List<Function<Settings, List<Complaint>>> ALL =
      List.of(
          DatabaseSettings::complaints,
          FastAgiSettings::complaints,
          KeyServerSettings::complaints,
          ListenerSettings::complaints,
          LogSettings::complaints,
          NodeSettings::complaints,
          OutboxSettings::complaints,
          RetentionSettings::complaints,
          SettingNames::complaints);

  private static final List<Function<Settings, List<Complaint>>> MIGRATION =
      List.of(
          DatabaseSettings::migrationComplaints, LogSettings::complaints, SettingNames::complaints);

  private ProductionChecks() {}

  /**
   * Refuses, naming every missing, unknown and unsafe setting at once.
   *
   * @throws StartRefused if there is one
   */
  static void refuseUnsafe(Settings settings) {
    refuse(settings, complaints(settings));
  }

  /**
   * The same for the command that only migrates: it needs a database, and no key server.
   *
   * @throws StartRefused if there is something to complain of
   */
  static void refuseUnsafeMigration(Settings settings) {
    refuse(settings, complaints(settings, MIGRATION));
  }

  private static void refuse(Settings settings, List<Complaint> complaints) {
    if (!complaints.isEmpty()) {
      String list = complaints.stream().map(Complaint::text).collect(Collectors.joining());
      throw new StartRefused(
          ExitCode.CONFIGURATION,
          """
          Cardvault does not start in the profile '%s': %d settings are missing or unsafe.
          %sAll settings: docs/configuration.md. To try it without any: -Dquarkus.profile=embedded.\
          """
              .formatted(settings.profile(), complaints.size(), list));
    }
  }

  static List<Complaint> complaints(Settings settings) {
    return complaints(settings, ALL);
  }

  private static List<Complaint> complaints(
      Settings settings, List<Function<Settings, List<Complaint>>> checks) {
    List<Complaint> complaints = new ArrayList<>();
    checks.forEach(check -> complaints.addAll(check.apply(settings)));
    return complaints;
  }
}
