package dev.cardvault.retention;

import java.time.LocalDate;
import java.util.UUID;

/**
 * A tenant's events of one month, in a file.
 *
 * @param month its first day, UTC
 * @param events how many
 * @param file its name below the archives' folder
 * @param bytes how long it is
 * @param sha256 its hash
 * @param eventId the event that tells of it
 */
@SuppressWarnings("ArrayRecordComponent")
record Archive(
    LocalDate month, long events, String file, long bytes, byte[] sha256, UUID eventId) {}
