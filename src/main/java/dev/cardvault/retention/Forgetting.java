package dev.cardvault.retention;

import dev.cardvault.access.Caller;
import dev.cardvault.access.TenantId;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.database.RoleDatabase;
import dev.cardvault.database.RoleDatabase.Role;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Forgets what people and callers wrote in events: names, addresses, references, calls, and the
 * salt that would let them be guessed (GDPR 17). The events stay, and so does every proof. Blocks:
 * not for an event loop.
 */
@ApplicationScoped
public class Forgetting {

  private static final String FORGET = "SELECT audit_forget(?)";

  private final TenantDatabase tenants;
  private final RoleDatabase database;
  private final AuditLog log;

  Forgetting(TenantDatabase tenants, RoleDatabase database, AuditLog log) {
    this.tenants = tenants;
    this.database = database;
    this.log = log;
  }

  /**
   * Forgets the words of the caller's {@code events}. That it was asked for is in the log before.
   *
   * @param basis why
   * @return of how many; not of those that are another's, have no place in the proven log yet, or
   *     were forgotten before
   * @throws ProblemException {@code legal-hold} while one stands
   */
  public int forget(Caller caller, List<UUID> events, String basis) {
    boolean held =
        tenants.inTransaction(
            caller.tenant(),
            connection -> {
              boolean stands = HoldStore.stands(connection);
              AuditEvent.Builder event =
                  AuditEvent.by(caller, Action.AUDIT_FORGET)
                      .subject("%d events, basis: %s".formatted(events.size(), basis));
              log.append(
                  connection,
                  List.of(stands ? event.denied(ProblemCode.LEGAL_HOLD) : event.granted()));
              return stands;
            });
    if (held) {
      throw ProblemException.of(ProblemCode.LEGAL_HOLD);
    }
    return database.ask(Role.PRIVACY, connection -> forget(connection, caller.tenant(), events));
  }

  private static int forget(Connection connection, TenantId tenant, List<UUID> events)
      throws SQLException {
    TenantDatabase.enter(connection, tenant);
    try (PreparedStatement call = connection.prepareStatement(FORGET)) {
      call.setArray(1, connection.createArrayOf("uuid", events.toArray()));
      try (ResultSet row = call.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }
}
