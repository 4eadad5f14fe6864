package dev.cardvault.retention;

import dev.cardvault.access.Caller;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.audit.Outcome;
import dev.cardvault.database.Ids;
import dev.cardvault.database.KeyedPage;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Places and releases legal holds: while one stands, no month of the log is dropped in which its
 * tenant has events, no archive of its is deleted, and no words of its are forgotten. Blocks: not
 * for an event loop.
 */
@ApplicationScoped
public class LegalHolds {

  private final TenantDatabase database;
  private final AuditLog log;
  private final Ids ids;

  LegalHolds(TenantDatabase database, AuditLog log, Ids ids) {
    this.database = database;
    this.log = log;
    this.ids = ids;
  }

  /** Places one; there may be any number. */
  public LegalHold place(Caller caller, String reason) {
    LegalHold hold = new LegalHold(ids.next(), reason, ids.now(), caller.clientId(), null, null);
    return database.inTransaction(
        caller.tenant(),
        connection -> {
          HoldStore.add(connection, hold);
          log.note(connection, caller, Action.LEGAL_HOLD_PLACE, hold.publicId(), Outcome.GRANTED);
          return hold;
        });
  }

  /** The tenant's, newest first. */
  public KeyedPage<LegalHold, UUID> list(Caller caller, @Nullable UUID after, int limit) {
    List<LegalHold> found =
        database.inTransaction(
            caller.tenant(),
            connection -> {
              log.note(connection, caller, Action.LEGAL_HOLD_READ, null, Outcome.GRANTED);
              return HoldStore.list(connection, after, limit + 1);
            });
    return KeyedPage.of(found, limit, LegalHold::id);
  }

  /**
   * Releases one.
   *
   * @throws ProblemException {@code not-found}, or {@code state-conflict} when it was released
   *     before
   */
  public LegalHold release(Caller caller, UUID id) {
    return database
        .inTransaction(
            caller.tenant(),
            connection -> {
              boolean released = HoldStore.release(connection, id, ids.now(), caller.clientId());
              Optional<LegalHold> hold = HoldStore.find(connection, id);
              if (!released && hold.isPresent()) {
                throw ProblemException.of(ProblemCode.STATE_CONFLICT, "It was released before");
              }
              log.note(
                  connection,
                  caller,
                  Action.LEGAL_HOLD_RELEASE,
                  LegalHold.PREFIX + "_" + id,
                  released ? Outcome.GRANTED : Outcome.NOT_FOUND);
              return hold;
            })
        .orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND));
  }
}
