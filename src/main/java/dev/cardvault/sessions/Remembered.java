package dev.cardvault.sessions;

import dev.cardvault.access.TenantId;

/**
 * A capture that nobody holds any more.
 *
 * @param id as callers hold it
 * @param tenant whose it is
 * @param row what all nodes know of it
 */
record Remembered(String id, TenantId tenant, CaptureRow row) {

  Snapshot snapshot() {
    return new Snapshot(id, row.view(), row.call(), row.expiresAt(), null);
  }
}
