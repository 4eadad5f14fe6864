package dev.cardvault.ops;

import java.time.Duration;
import java.util.List;

/**
 * What one look at the database told.
 *
 * @param answers whether it did, within its time
 * @param writable whether it takes writes; a standby or a full one set to read-only does not
 * @param missingColumns what the service needs and the schema lacks, as {@code table.column}
 * @param clockAhead how far its clock is ahead of ours
 */
record DatabaseState(
    boolean answers, boolean writable, List<String> missingColumns, Duration clockAhead) {

  /** Before the first look, and when there was no answer. */
  static final DatabaseState SILENT = new DatabaseState(false, false, List.of(), Duration.ZERO);
}
