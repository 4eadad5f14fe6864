package dev.cardvault.exports;

import dev.cardvault.access.TenantId;
import dev.cardvault.audit.AuditRecord;
import org.jspecify.annotations.Nullable;

/**
 * ArcSight's Common Event Format, version 0 (CEF implementation standard, revision 25). Fields it
 * has no key for stand in its custom strings.
 */
final class CefLines implements EventLines {

  private static final String HEAD = "CEF:0|Cardvault|Cardvault|0|";

  @Override
  public String line(TenantId tenant, AuditRecord event) {
    return text(tenant, event) + "\n";
  }

  /** An event without the line's end. */
  static String text(TenantId tenant, AuditRecord event) {
    StringBuilder line = new StringBuilder(HEAD);
    line.append(header(event.action())).append('|');
    line.append(header(event.action() + " " + event.outcome())).append('|');
    line.append(Severity.of(event).cef()).append('|');
    line.append("rt=").append(event.at().toEpochMilli());
    put(line, "externalId", "evt_" + event.id());
    put(line, "act", event.action());
    put(line, "outcome", event.outcome());
    put(line, "reason", event.rule());
    put(line, "src", isIpv4(event.sourceAddress()) ? event.sourceAddress() : null);
    put(line, "c6a2", isIpv4(event.sourceAddress()) ? null : event.sourceAddress());
    put(line, "suid", event.clientId());
    put(line, "suser", event.actor());
    custom(line, 1, "purpose", event.purpose());
    custom(line, 2, "reference", reference(event));
    custom(line, 3, "callId", event.callId());
    custom(line, 4, "tokenId", event.tokenId() == null ? null : "tok_" + event.tokenId());
    custom(line, 5, "subject", event.subject());
    custom(line, 6, "requestId", event.requestId());
    put(line, "cat", "audit");
    put(line, "dvchost", event.node());
    put(line, "deviceCustomTenant", tenant.toString());
    return line.toString();
  }

  private static @Nullable String reference(AuditRecord event) {
    return event.referenceId() == null ? null : event.referenceType() + " " + event.referenceId();
  }

  private static boolean isIpv4(@Nullable String address) {
    return address != null && address.indexOf(':') < 0;
  }

  private static void custom(StringBuilder line, int number, String label, @Nullable String value) {
    if (value != null) {
      put(line, "cs" + number, value);
      put(line, "cs" + number + "Label", label);
    }
  }

  private static void put(StringBuilder line, String key, @Nullable String value) {
    if (value != null) {
      line.append(' ').append(key).append('=').append(extension(value));
    }
  }

  /** No pipe or backslash ends a field of the header before its time. */
  static String header(String text) {
    return oneLine(text).replace("\\", "\\\\").replace("|", "\\|");
  }

  /** No equals sign begins another key, and no line break another event. */
  static String extension(String text) {
    return text.replace("\\", "\\\\").replace("=", "\\=").replace("\r", "\\r").replace("\n", "\\n");
  }

  private static String oneLine(String text) {
    return text.replace('\r', ' ').replace('\n', ' ');
  }
}
