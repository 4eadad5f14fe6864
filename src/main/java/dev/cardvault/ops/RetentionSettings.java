package dev.cardvault.ops;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How long the audit log is kept: a year, and three months of it at hand (PCI DSS 10.5.1). */
final class RetentionSettings {

  private static final int LEAST_ONLINE = 3;
  private static final int LEAST_KEPT = 12;

  private RetentionSettings() {}

  static List<Complaint> complaints(Settings settings) {
    return Stream.of(
            below(settings, "cardvault.retention.online", LEAST_ONLINE),
            below(settings, "cardvault.retention.kept", LEAST_KEPT))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Complaint> below(Settings settings, String name, int least) {
    return settings
        .value(name)
        .filter(months -> !isAtLeast(months, least))
        .map(
            months ->
                new Complaint(
                    name + " is no number of " + least + " months or more",
                    "What happened would be gone before an assessor may ask for it (PCI DSS"
                        + " 10.5.1).",
                    "Remove it, or set it to " + least + " or more."));
  }

  private static boolean isAtLeast(String months, int least) {
    try {
      return Integer.parseInt(months) >= least;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
