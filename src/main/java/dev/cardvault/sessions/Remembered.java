package dev.cardvault.sessions;

import dev.cardvault.access.TenantId;
import dev.cardvault.vault.TokenView;
import org.jspecify.annotations.Nullable;

/**
 * A capture that nobody holds any more.
 *
 * @param id as callers hold it
 * @param tenant whose it is
 * @param row what all nodes know of it
 * @param token what it ended in
 */
record Remembered(String id, TenantId tenant, CaptureRow row, @Nullable TokenView token) {

  Snapshot snapshot() {
    return new Snapshot(id, row.view(), row.call(), row.expiresAt(), token);
  }
}
