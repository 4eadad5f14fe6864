package dev.cardvault.clients;

import dev.cardvault.access.TenantId;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.Session;

/** What each Hibernate transaction does first and last: say whose rows it sees, tell the log. */
@ApplicationScoped
class TenantSession {

  private final Session hibernate;
  private final AuditLog log;

  TenantSession(Session hibernate, AuditLog log) {
    this.hibernate = hibernate;
    this.log = log;
  }

  /** Lets this transaction see the rows of {@code tenant}, and no others. */
  void enter(TenantId tenant) {
    set("cardvault.tenant", tenant.toString());
  }

  /** Lets this transaction read the clients of every tenant: whose one is, is yet to be found. */
  void enterForLogin() {
    set("cardvault.login", "on");
  }

  /** Adds {@code events} to this transaction, after all that was changed in it. */
  void append(List<AuditEvent> events) {
    hibernate.flush();
    hibernate.unwrap(Session.class).doWork(connection -> log.append(connection, events));
  }

  private void set(String name, String value) {
    hibernate
        .createNativeQuery("SELECT set_config(?1, ?2, true)", String.class)
        .setParameter(1, name)
        .setParameter(2, value)
        .getSingleResult();
  }
}
