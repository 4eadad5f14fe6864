package dev.cardvault.exports;

import dev.cardvault.audit.AuditFeed.Entry;
import dev.cardvault.audit.AuditRecord;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** A message of syslog (RFC 5424, 6), with its length in front (RFC 5425, 4.3). */
final class SyslogFrame {

  /** Log audit (RFC 5424, table 1). */
  private static final int FACILITY = 13;

  // Private to this message: 32473 is the number reserved for documentation (RFC 5612).
  private static final String DATA = "event@32473";

  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private SyslogFrame() {}

  static byte[] of(Entry entry, ExportFormat format) {
    AuditRecord event = entry.event();
    String line = format.lines().line(entry.tenant(), event);
    String message =
        "<%d>1 %s - cardvault - %s [%s id=\"evt_%s\" tenant=\"%s\"] %s"
            .formatted(
                FACILITY * 8 + severity(event),
                MILLIS.format(event.at()),
                event.action(),
                DATA,
                event.id(),
                entry.tenant(),
                line.substring(0, line.length() - 1));
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    byte[] length = (text.length + " ").getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[length.length + text.length];
    System.arraycopy(length, 0, frame, 0, length.length);
    System.arraycopy(text, 0, frame, length.length, text.length);
    return frame;
  }

  /** From 2, critical, to 6, informational (RFC 5424, table 2). */
  private static int severity(AuditRecord event) {
    return switch (Severity.of(event).ocsf()) {
      case 5 -> 2;
      case 4 -> 3;
      case 3 -> 4;
      case 2 -> 5;
      default -> 6;
    };
  }
}
