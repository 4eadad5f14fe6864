package dev.cardvault.exports;

import dev.cardvault.access.TenantId;
import dev.cardvault.audit.AuditRecord;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;

/**
 * A table after RFC 4180. A cell that a spreadsheet would run as a formula gets an apostrophe in
 * front, as OWASP recommends against CSV injection.
 */
final class CsvLines implements EventLines {

  private static final String FORMULAS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.ALL).get();

  @Override
  public String head() {
    return FORMAT.format(EventFields.NAMES.toArray()) + "\r\n";
  }

  @Override
  public String line(TenantId tenant, AuditRecord event) {
    Map<String, String> fields = EventFields.of(event);
    Object[] cells =
        EventFields.NAMES.stream().map(name -> harmless(fields.getOrDefault(name, ""))).toArray();
    return FORMAT.format(cells) + "\r\n";
  }

  static String harmless(String cell) {
    return !cell.isEmpty() && FORMULAS.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
  }
}
