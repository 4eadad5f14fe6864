package dev.cardvault.alerts;

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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Shows alerts and keeps what was done about them; every look and every change is an event in the
 * same transaction. Blocks: not for an event loop.
 */
@ApplicationScoped
public class Alerts {

  private final TenantDatabase database;
  private final AuditLog log;
  private final Ids ids;

  Alerts(TenantDatabase database, AuditLog log, Ids ids) {
    this.database = database;
    this.log = log;
    this.ids = ids;
  }

  /**
   * Alerts, newest first.
   *
   * @param state only those; all when {@code null}
   * @param after where an earlier page ended
   * @param limit at most this many, 1 to 100
   */
  public KeyedPage<Alert, UUID> list(
      Caller caller, @Nullable String state, @Nullable UUID after, int limit) {
    return database.inTransaction(
        caller.tenant(),
        connection -> {
          log.note(connection, caller, Action.ALERT_READ, null, Outcome.GRANTED);
          List<Alert> found = AlertStore.list(connection, state, after, limit + 1);
          return KeyedPage.of(found, limit, Alert::id);
        });
  }

  /**
   * The alert of that id.
   *
   * @throws ProblemException {@code not-found}
   */
  public Alert find(Caller caller, UUID id) {
    return noted(caller, Action.ALERT_READ, id, connection -> AlertStore.find(connection, id));
  }

  /**
   * Notes that the caller looks after an alert.
   *
   * @throws ProblemException {@code not-found}, or {@code state-conflict} when it is not open
   */
  public Alert acknowledge(Caller caller, UUID id) {
    return changed(
        caller,
        Action.ALERT_ACKNOWLEDGE,
        id,
        connection -> AlertStore.acknowledge(connection, id, ids.now(), caller.clientId()));
  }

  /**
   * Closes an alert.
   *
   * @param finding what was found out, 1 to 1000 characters
   * @throws ProblemException {@code not-found}, or {@code state-conflict} when it is closed already
   */
  public Alert resolve(Caller caller, UUID id, String finding) {
    return changed(
        caller,
        Action.ALERT_RESOLVE,
        id,
        connection -> AlertStore.resolve(connection, id, ids.now(), caller.clientId(), finding));
  }

  /** The rules as the tenant wants them. */
  public List<RuleSetting> rules(Caller caller) {
    return database.inTransaction(
        caller.tenant(),
        connection -> {
          log.note(connection, caller, Action.ALERT_READ, "rules", Outcome.GRANTED);
          return List.copyOf(AlertStore.settings(connection).values());
        });
  }

  /** Changes how the tenant wants a rule; felt with the next events. */
  public RuleSetting set(Caller admin, Rule rule, UnaryOperator<RuleSetting> change) {
    return database.inTransaction(
        admin.tenant(),
        connection -> {
          Map<Rule, RuleSetting> settings = AlertStore.settings(connection);
          RuleSetting changed = change.apply(settings.getOrDefault(rule, rule.byDefault()));
          AlertStore.set(connection, changed, ids.now(), admin.clientId());
          log.note(connection, admin, Action.ALERT_RULE_UPDATE, rule.code(), Outcome.GRANTED);
          return changed;
        });
  }

  /**
   * Makes a token a decoy: whoever touches it from now on raises an alert.
   *
   * @param token its text
   * @param id its id, where that was given; {@code null} otherwise
   * @param why where it was put, 1 to 200 characters
   * @throws ProblemException {@code token-not-found}
   */
  public Decoy addDecoy(Caller admin, String token, @Nullable UUID id, String why) {
    return database
        .inTransaction(
            admin.tenant(),
            connection -> {
              Optional<Decoy> decoy =
                  AlertStore.addDecoy(connection, token, id, why, ids.now(), admin.clientId());
              log.note(
                  connection,
                  admin,
                  Action.DECOY_ADD,
                  decoy.map(d -> "tok_" + d.token()).orElse(null),
                  decoy.isPresent() ? Outcome.GRANTED : Outcome.NOT_FOUND);
              return decoy;
            })
        .orElseThrow(() -> ProblemException.of(ProblemCode.TOKEN_NOT_FOUND));
  }

  /** The tenant's decoys, oldest first. */
  public List<Decoy> decoys(Caller caller) {
    return database.inTransaction(
        caller.tenant(),
        connection -> {
          log.note(connection, caller, Action.ALERT_READ, "decoys", Outcome.GRANTED);
          return AlertStore.decoys(connection);
        });
  }

  /**
   * Makes a decoy an ordinary token again.
   *
   * @throws ProblemException {@code not-found}
   */
  public void removeDecoy(Caller admin, UUID token) {
    boolean removed =
        database.inTransaction(
            admin.tenant(),
            connection -> {
              boolean was = AlertStore.removeDecoy(connection, token);
              log.note(
                  connection,
                  admin,
                  Action.DECOY_REMOVE,
                  "tok_" + token,
                  was ? Outcome.GRANTED : Outcome.NOT_FOUND);
              return was;
            });
    if (!removed) {
      throw ProblemException.of(ProblemCode.NOT_FOUND);
    }
  }

  private Alert changed(
      Caller caller, Action action, UUID id, TenantDatabase.Work<Boolean> change) {
    return noted(
        caller,
        action,
        id,
        connection -> {
          if (!change.on(connection) && AlertStore.find(connection, id).isPresent()) {
            throw ProblemException.of(
                ProblemCode.STATE_CONFLICT, "The alert's state does not allow this");
          }
          return AlertStore.find(connection, id);
        });
  }

  private Alert noted(
      Caller caller, Action action, UUID id, TenantDatabase.Work<Optional<Alert>> work) {
    return database
        .inTransaction(
            caller.tenant(),
            connection -> {
              Optional<Alert> alert = work.on(connection);
              log.note(
                  connection,
                  caller,
                  action,
                  "alr_" + id,
                  alert.isPresent() ? Outcome.GRANTED : Outcome.NOT_FOUND);
              return alert;
            })
        .orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND));
  }
}
