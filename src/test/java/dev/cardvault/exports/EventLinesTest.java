package dev.cardvault.exports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cardvault.access.TenantId;
import dev.cardvault.audit.AuditRecord;
import dev.cardvault.testing.FaultCase;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLinesTest {

  private static final TenantId TENANT = new TenantId(new UUID(0, 7));

  @FaultCase(49)
  @ParameterizedTest
  @ValueSource(
      strings = {
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\uff1d1+1",
        "=HYPERLINK(\"http://x\",\"y\")"
      })
  void noCellOfATableIsAFormula(String hostile) throws IOException {
    CSVRecord row = csv(event("GRANTED", hostile));
    assertEquals("'" + hostile, row.get("reference_id"));
    for (String cell : row) {
      assertTrue(cell.isEmpty() || "=+-@\t\r\n".indexOf(cell.charAt(0)) < 0, cell);
    }
  }

  @FaultCase(47)
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\",\"b",
        "a\r\nb,c",
        "a\u2028b",
        "\u001b[31m red",
        "{\"x\":1}\n{\"forged\":true}",
        "a|b\\c=d\nCEF:0|forged"
      })
  void anEventIsOneLineWhateverItSays(String hostile) throws IOException {
    AuditRecord event = event("GRANTED", hostile);
    for (ExportFormat format : ExportFormat.values()) {
      String line = format.lines().line(TENANT, event);
      if (format != ExportFormat.CSV) {
        assertEquals(line.length() - 1, line.indexOf('\n'), line);
        assertFalse(line.contains("\r"), line);
      }
    }
    assertEquals(hostile, csv(event).get("reference_id"));
    assertEquals(hostile, json(ExportFormat.NDJSON, event).path("reference_id").asText());
    assertEquals(
        hostile, json(ExportFormat.OCSF, event).path("unmapped").path("reference_id").asText());
  }

  @Test
  void ocsfIsOfTheClassApiActivity() throws IOException {
    JsonNode event = json(ExportFormat.OCSF, event("DENIED", "o-1"));
    assertEquals(6003, event.path("class_uid").asInt());
    assertEquals(6, event.path("category_uid").asInt());
    assertEquals(2, event.path("activity_id").asInt());
    assertEquals(600302, event.path("type_uid").asInt());
    assertEquals(2, event.path("status_id").asInt());
    assertEquals("purpose-denied", event.path("status_code").asText());
    assertEquals(1764071999123L, event.path("time").asLong());
    assertEquals(3, event.path("severity_id").asInt());
    assertEquals("1.3.0", event.path("metadata").path("version").asText());
    assertEquals("DETOKENIZE", event.path("api").path("operation").asText());
    assertEquals("192.0.2.7", event.path("src_endpoint").path("ip").asText());
    assertEquals("cli_a", event.path("actor").path("user").path("uid").asText());
  }

  @Test
  void cefEscapesAsItsStandardSays() {
    String line = ExportFormat.CEF.lines().line(TENANT, event("DENIED", "a=b\\c\nd|e"));
    assertTrue(
        line.startsWith("CEF:0|Cardvault|Cardvault|0|DETOKENIZE|DETOKENIZE DENIED|5|rt="), line);
    assertTrue(line.contains(" cs2=order a\\=b\\\\c\\nd|e cs2Label=reference"), line);
    assertTrue(line.contains(" reason=purpose-denied src=192.0.2.7 suid=cli_a"), line);
    assertEquals("a\\|b\\\\c d", CefLines.header("a|b\\c\nd"));
  }

  @Test
  void aTableHasOneColumnForEachField() throws IOException {
    CSVRecord row = csv(event("DENIED", "o-1"));
    assertEquals(EventFields.NAMES, row.getParser().getHeaderNames());
    assertEquals("DETOKENIZE", row.get("action"));
    assertEquals("", row.get("subject"));
  }

  private static CSVRecord csv(AuditRecord event) throws IOException {
    EventLines lines = ExportFormat.CSV.lines();
    String table = lines.head() + lines.line(TENANT, event);
    var records =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(new StringReader(table))
            .getRecords();
    assertEquals(1, records.size());
    return records.get(0);
  }

  private static JsonNode json(ExportFormat format, AuditRecord event) throws IOException {
    return new ObjectMapper().readTree(format.lines().line(TENANT, event));
  }

  private static AuditRecord event(String outcome, @Nullable String reference) {
    return new AuditRecord(
        new UUID(1, 2),
        Instant.parse("2025-11-25T11:59:59.123Z"),
        "DETOKENIZE",
        outcome,
        outcome.equals("DENIED") ? "purpose-denied" : null,
        "cli_a",
        "billing",
        "crd_a",
        "192.0.2.7",
        "charge",
        "order",
        reference,
        null,
        new UUID(3, 4),
        null,
        null,
        "request-1",
        "node-1");
  }
}
