package dev.cardvault.exports;

import dev.cardvault.audit.AuditRecord;

/**
 * How much an event matters to those who watch.
 *
 * @param ocsf OCSF's {@code severity_id}: 1 informational to 5 critical
 * @param cef CEF's severity: 0 to 10
 */
record Severity(int ocsf, int cef) {

  static Severity of(AuditRecord event) {
    if (event.action().equals("ALERT_RAISE")) {
      return new Severity(4, 8);
    }
    return switch (event.outcome()) {
      case "INTEGRITY_FAILURE" -> new Severity(5, 10);
      case "DENIED" -> new Severity(3, 5);
      case "NOT_FOUND", "UNAVAILABLE" -> new Severity(2, 3);
      default -> new Severity(1, 1);
    };
  }
}
