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
 * @param proofs whether each event brings its proof, for {@code audit-verify}; only as {@code
 *     ndjson}. Goes by the events' numbers, and up to now at most.
 */
record ExportFields(
    @Nullable String from, @Nullable String to, @Nullable String format, @Nullable Boolean proofs) {

  ExportWish checked() {
    Instant begin = Fields.required(Fields.instant(from, "/from"), "/from");
    Instant end = Fields.required(Fields.instant(to, "/to"), "/to");
    if (!begin.isBefore(end)) {
      throw Fields.invalid("/to", "The end comes after the begin");
    }
    ExportFormat as =
        format == null
            ? ExportFormat.NDJSON
            : Fields.oneOf(format, "/format", ExportFormat::ofCode);
    boolean proven = Boolean.TRUE.equals(proofs);
    if (proven && as != ExportFormat.NDJSON) {
      throw Fields.invalid("/proofs", "Proofs come with ndjson only");
    }
    return new ExportWish(begin, end, as, proven);
  }
}
