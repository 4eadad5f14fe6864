package dev.cardvault.api;

import dev.cardvault.exports.ExportFormat;
import dev.cardvault.exports.ExportWish;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to be exported.
 *
 * @param from events at or after
 * @param to and before
 * @param format as what, {@code ndjson} when absent
 */
record ExportFields(@Nullable String from, @Nullable String to, @Nullable String format) {

  ExportWish checked() {
    Instant begin = Fields.required(Fields.instant(from, "/from"), "/from");
    Instant end = Fields.required(Fields.instant(to, "/to"), "/to");
    if (!begin.isBefore(end)) {
      throw Fields.invalid("/to", "The end comes after the begin");
    }
    return new ExportWish(
        begin,
        end,
        format == null
            ? ExportFormat.NDJSON
            : Fields.oneOf(format, "/format", ExportFormat::ofCode));
  }
}
