package dev.cardvault.ops;

final class ProductionChecks {
  private ProductionChecks() {}

  static void refuseUnsafe(Settings settings) {}
}
