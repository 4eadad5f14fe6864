package dev.cardvault.exports;

import java.time.Instant;

/**
 * What is to be exported.
 *
 * @param from events at or after
 * @param to and before
 * @param format as what
 * @param proofs whether each event brings what shows that it is in the log
 */
public record ExportWish(Instant from, Instant to, ExportFormat format, boolean proofs) {}
