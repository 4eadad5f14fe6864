package dev.cardvault.exports;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an export looks like. */
public enum ExportFormat {
  /** One JSON object a line, with the fields of the API. */
  NDJSON("application/x-ndjson", new NdjsonLines()),
  /** A table (RFC 4180), safe to open in a spreadsheet. */
  CSV("text/csv", new CsvLines()),
  /** One OCSF event a line. */
  OCSF("application/x-ndjson", new OcsfLines()),
  /** One line of ArcSight's Common Event Format each. */
  CEF("text/plain", new CefLines());

  private final String mediaType;
  private final EventLines lines;
  private final String code = name().toLowerCase(Locale.ROOT);

  ExportFormat(String mediaType, EventLines lines) {
    this.mediaType = mediaType;
    this.lines = lines;
  }

  /** As it stands in the API. */
  public String code() {
    return code;
  }

  /** The format of that code. */
  public static Optional<ExportFormat> ofCode(String code) {
    return Stream.of(values()).filter(format -> format.code.equals(code)).findFirst();
  }

  /** What a download says it is. */
  public String mediaType() {
    return mediaType;
  }

  EventLines lines() {
    return lines;
  }
}
