package dev.cardvault.ops;

/** What production asks of its settings, before anything starts. */
final class ProductionChecks {

  private ProductionChecks() {}

  /** Refuses, naming every missing or unsafe setting at once. */
  static void refuseUnsafe(Settings settings) {
    if (settings.value("quarkus.datasource.jdbc.url").isEmpty()) {
      throw new StartRefused(ExitCode.CONFIGURATION, "CARDVAULT_DB_URL is missing");
    }
  }
}
