package dev.cardvault.exports;

import dev.cardvault.access.TenantId;
import dev.cardvault.audit.AuditRecord;

/** Writes events one a line. */
interface EventLines {

  /** The first line, with its end; empty where there is none. */
  default String head() {
    return "";
  }

  /** An event, with the line's end. */
  String line(TenantId tenant, AuditRecord event);
}
