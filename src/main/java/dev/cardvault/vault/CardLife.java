package dev.cardvault.vault;

import dev.cardvault.access.Caller;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.audit.Outcome;
import dev.cardvault.database.Ids;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes tokens after they were made, each change in one transaction with its event. Blocks: not
 * for an event loop.
 */
@ApplicationScoped
public class CardLife {

  private static final ProblemCode NOT_FOUND = ProblemCode.TOKEN_NOT_FOUND;

  private final TenantDatabase database;
  private final AuditLog audit;
  private final Ids ids;

  /** Changes tokens in {@code database}. */
  public CardLife(TenantDatabase database, AuditLog audit, Ids ids) {
    this.database = database;
    this.audit = audit;
    this.ids = ids;
  }

  /**
   * Sets expiry or metadata.
   *
   * @throws ProblemException {@code token-not-found}, {@code token-erased}, {@code invalid-field},
   *     {@code card-expired}
   */
  public TokenView change(Caller caller, String idOrText, TokenChange change) {
    Instant now = ids.now();
    if (change.expiresAt() != null && !change.expiresAt().isAfter(now)) {
      throw ProblemException.at(
          "/expires_at", ProblemCode.INVALID_FIELD, "A token expires in the future");
    }
    if (change.cardExpiry() != null) {
      change.cardExpiry().checkAgainst(YearMonth.from(now.atOffset(ZoneOffset.UTC)));
    }
    return settle(
        caller,
        idOrText,
        Action.TOKEN_UPDATE,
        null,
        (connection, token) -> {
          TokenChanges.update(connection, token, change, merged(token, change), now);
          return Optional.empty();
        });
  }

  private static Map<String, String> merged(TokenView token, TokenChange change) {
    Map<String, String> merged = new HashMap<>(token.metadata());
    if (change.metadata() != null) {
      change
          .metadata()
          .forEach(
              (key, value) -> {
                if (value == null) {
                  merged.remove(key);
                } else {
                  merged.put(key, value);
                }
              });
    }
    if (merged.size() > TokenizeRequest.MAX_METADATA) {
      throw ProblemException.at(
          "/metadata", ProblemCode.INVALID_FIELD, "Metadata has at most 50 entries");
    }
    return merged;
  }

  /**
   * Stops a token from opening until it is resumed.
   *
   * @throws ProblemException {@code token-not-found}, {@code token-erased}; {@code state-conflict}
   *     when it is not active
   */
  public TokenView suspend(Caller caller, String idOrText, String reason) {
    return move(
        caller, idOrText, Action.TOKEN_SUSPEND, reason, TokenStatus.ACTIVE, TokenStatus.SUSPENDED);
  }

  /**
   * Lets a suspended token open again.
   *
   * @throws ProblemException {@code token-not-found}, {@code token-erased}; {@code state-conflict}
   *     when it is not suspended
   */
  public TokenView resume(Caller caller, String idOrText, String reason) {
    return move(
        caller, idOrText, Action.TOKEN_RESUME, reason, TokenStatus.SUSPENDED, TokenStatus.ACTIVE);
  }

  private TokenView move(
      Caller caller,
      String idOrText,
      Action action,
      String reason,
      TokenStatus from,
      TokenStatus to) {
    return settle(
        caller,
        idOrText,
        action,
        reason,
        (connection, token) ->
            token.status() != TokenStatus.EXPIRED
                    && TokenChanges.move(connection, token, from, to, ids.now())
                ? Optional.empty()
                : Optional.of(ProblemCode.STATE_CONFLICT));
  }

  /**
   * Destroys the card: its ciphertext, its keyed hash and all that was kept with it (PCI DSS 3.2.1,
   * GDPR article 17). The token's text stays as a tombstone, so that it is never given out again.
   * Erasing twice is no error.
   *
   * @throws ProblemException {@code token-not-found}
   */
  public void erase(Caller caller, String idOrText) {
    boolean exists = database.inTransaction(caller.tenant(), c -> erase(c, caller, idOrText));
    if (!exists) {
      throw ProblemException.of(NOT_FOUND);
    }
  }

  private boolean erase(Connection connection, Caller caller, String idOrText) throws SQLException {
    Optional<TokenView> found = TokenQueries.lock(connection, idOrText, ids.now());
    if (found.isPresent() && found.get().status() != TokenStatus.ERASED) {
      TokenChanges.erase(connection, found.get(), ids.now());
    }
    log(connection, caller, Action.ERASE, null, found, found.isPresent() ? null : NOT_FOUND);
    return found.isPresent();
  }

  // A refusal is written down and committed like a change, then told.
  private TokenView settle(
      Caller caller, String idOrText, Action action, @Nullable String reason, Change change) {
    Settled settled =
        database.inTransaction(
            caller.tenant(),
            connection -> {
              Optional<TokenView> found = TokenQueries.lock(connection, idOrText, ids.now());
              ProblemCode refusal = refusal(connection, found, change);
              log(connection, caller, action, reason, found, refusal);
              return new Settled(refusal, TokenQueries.find(connection, idOrText, ids.now()));
            });
    if (settled.refusal() != null) {
      throw ProblemException.of(settled.refusal());
    }
    return settled.token().orElseThrow();
  }

  private static @Nullable ProblemCode refusal(
      Connection connection, Optional<TokenView> found, Change change) throws SQLException {
    if (found.isEmpty()) {
      return NOT_FOUND;
    }
    if (found.get().status() == TokenStatus.ERASED) {
      return ProblemCode.TOKEN_ERASED;
    }
    return change.to(connection, found.get()).orElse(null);
  }

  private void log(
      Connection connection,
      Caller caller,
      Action action,
      @Nullable String reason,
      Optional<TokenView> token,
      @Nullable ProblemCode refusal)
      throws SQLException {
    Outcome outcome = refusal == null ? Outcome.GRANTED : Outcome.DENIED;
    audit.append(
        connection,
        List.of(
            AuditEvent.by(caller, action)
                .token(token.map(TokenView::id).orElse(null))
                .subject(reason)
                .outcome(
                    refusal == NOT_FOUND ? Outcome.NOT_FOUND : outcome,
                    refusal == NOT_FOUND ? null : refusal)));
  }

  /** Changes a token, or says by which rule it may not be. */
  private interface Change {
    Optional<ProblemCode> to(Connection connection, TokenView token) throws SQLException;
  }

  private record Settled(@Nullable ProblemCode refusal, Optional<TokenView> token) {}
}
