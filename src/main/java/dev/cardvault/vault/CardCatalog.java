package dev.cardvault.vault;

import dev.cardvault.access.Caller;
import dev.cardvault.access.TenantId;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.audit.Outcome;
import dev.cardvault.card.Pan;
import dev.cardvault.database.Ids;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.keys.FingerprintKey;
import dev.cardvault.keys.Fingerprinter;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Tells of tokens without opening them; each look is in the audit log before it is answered.
 * Blocks: not for an event loop.
 */
@ApplicationScoped
public class CardCatalog {

  private final TenantDatabase database;
  private final AuditLog audit;
  private final Fingerprinter fingerprinter;
  private final Ids ids;

  /** Reads from {@code database}. */
  public CardCatalog(
      TenantDatabase database, AuditLog audit, Fingerprinter fingerprinter, Ids ids) {
    this.database = database;
    this.audit = audit;
    this.fingerprinter = fingerprinter;
    this.ids = ids;
  }

  /**
   * The token of that id ({@code tok_} and a UUID) or text.
   *
   * @throws ProblemException {@code token-not-found}, for another tenant's as well
   */
  public TokenView find(Caller caller, String idOrText) {
    Optional<TokenView> found =
        database.inTransaction(
            caller.tenant(),
            connection -> {
              Optional<TokenView> view = TokenQueries.find(connection, idOrText, ids.now());
              var event =
                  AuditEvent.by(caller, Action.READ_MASKED)
                      .token(view.map(TokenView::id).orElse(null));
              audit.append(
                  connection,
                  List.of(
                      event.outcome(view.isPresent() ? Outcome.MASKED : Outcome.NOT_FOUND, null)));
              return view;
            });
    return found.orElseThrow(() -> ProblemException.of(ProblemCode.TOKEN_NOT_FOUND));
  }

  /**
   * The token that a call of this tenant has just ended in, for the answer that tells of it on any
   * node. The event of its making stands for this look as well.
   */
  public Optional<TokenView> issued(TenantId tenant, UUID id) {
    return database.inTransaction(
        tenant, connection -> TokenQueries.find(connection, "tok_" + id, ids.now()));
  }

  /**
   * Tokens, newest first.
   *
   * @param cursor what the page before gave; {@code null} for the first
   * @param limit at most this many, 1 to 100
   * @throws ProblemException {@code invalid-cursor}
   */
  public Page<TokenView> list(
      Caller caller, TokenFilter filter, @Nullable String cursor, int limit) {
    Cursor after = cursor == null ? null : Cursor.parse(cursor);
    List<TokenView> found =
        database.inTransaction(
            caller.tenant(),
            connection -> {
              audit.append(
                  connection,
                  List.of(AuditEvent.by(caller, Action.READ_MASKED).outcome(Outcome.MASKED, null)));
              return TokenQueries.list(connection, filter, after, limit + 1, ids.now());
            });
    if (found.size() <= limit) {
      return new Page<>(found, null);
    }
    List<TokenView> page = found.subList(0, limit);
    TokenView last = page.get(limit - 1);
    return new Page<>(page, new Cursor(last.createdAt(), last.id()).text());
  }

  /** All tokens of {@code pan} in the caller's tenant, newest first. The PAN is wiped. */
  public List<TokenView> lookup(Caller caller, Pan pan) {
    int version;
    byte[] hmac;
    try (pan) {
      FingerprintKey key = key(caller.tenant());
      version = key.version();
      hmac = key.of(pan);
    }
    return database.inTransaction(
        caller.tenant(),
        connection -> {
          List<TokenView> found = TokenQueries.ofPan(connection, version, hmac, ids.now());
          List<AuditEvent> events =
              found.isEmpty()
                  ? List.of(AuditEvent.by(caller, Action.LOOKUP).outcome(Outcome.NOT_FOUND, null))
                  : found.stream().map(view -> lookedUp(caller, view.id())).toList();
          audit.append(connection, events);
          return found;
        });
  }

  private static AuditEvent lookedUp(Caller caller, UUID token) {
    return AuditEvent.by(caller, Action.LOOKUP).token(token).outcome(Outcome.MASKED, null);
  }

  private FingerprintKey key(TenantId tenant) {
    try {
      return fingerprinter.key(tenant).toCompletableFuture().join();
    } catch (CompletionException failed) {
      throw ProblemException.from(failed);
    }
  }
}
