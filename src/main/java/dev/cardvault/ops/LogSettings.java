package dev.cardvault.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How much is logged: libraries write rejected tokens and statements at their finest levels. */
final class LogSettings {

  private static final Set<String> TOO_FINE =
      Set.of("DEBUG", "TRACE", "ALL", "FINE", "FINER", "FINEST");

  private LogSettings() {}

  static List<Complaint> complaints(Settings settings) {
    List<Complaint> complaints = new ArrayList<>();
    for (String name : settings.names()) {
      boolean isLevel =
          name.equals("quarkus.log.level")
              || (name.startsWith("quarkus.log.category.") && name.endsWith(".level"));
      if (isLevel && TOO_FINE.contains(settings.value(name).orElse("").toUpperCase(Locale.ROOT))) {
        complaints.add(
            new Complaint(
                name + " is finer than INFO",
                "At these levels libraries log what they send and receive, access tokens included (PCI DSS 3.3.1, 8.3.2).",
                "Set it to INFO, or look into the matter in the profile embedded."));
      }
    }
    return complaints;
  }
}
