package dev.cardvault.vault;

import dev.cardvault.access.Caller;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.database.Ids;
import dev.cardvault.database.SqlFailures;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Makes and changes token profiles, each change in one transaction with its event. It is felt on
 * this node at once and on the others within five seconds. Blocks: not for an event loop.
 */
@ApplicationScoped
public class TokenProfiles {

  /** How many profiles a tenant may have: few enough to be kept in memory and shown at once. */
  public static final int MOST = 100;

  private final TenantDatabase database;
  private final AuditLog log;
  private final ProfileStore cache;
  private final Ids ids;

  /** Keeps profiles in {@code database}. */
  public TokenProfiles(TenantDatabase database, AuditLog log, ProfileStore cache, Ids ids) {
    this.database = database;
    this.log = log;
    this.cache = cache;
    this.ids = ids;
  }

  /**
   * Makes a profile.
   *
   * @throws ProblemException {@code state-conflict} when there is one of that name, or there are
   *     too many
   */
  public ProfileView create(Caller admin, ProfileDraft draft) {
    ProfileView made = new ProfileView(ids.next(), draft, ids.now(), admin.clientId(), ids.now());
    return changed(
        admin,
        Action.PROFILE_CREATE,
        draft.name(),
        connection -> {
          if (ProfileRows.count(connection) >= MOST) {
            throw ProblemException.of(
                ProblemCode.STATE_CONFLICT, "A tenant has at most " + MOST + " token profiles");
          }
          ProfileRows.insert(connection, admin.tenant(), made);
          return made;
        });
  }

  /**
   * Changes the profile of that name. What it has given tokens to keeps them.
   *
   * @throws ProblemException {@code not-found}
   */
  public ProfileView change(Caller admin, String name, UnaryOperator<ProfileDraft> change) {
    return changed(
        admin,
        Action.PROFILE_UPDATE,
        name,
        connection -> {
          ProfileView old = ProfileRows.lock(connection, name).orElseThrow(TokenProfiles::notFound);
          ProfileView changed =
              new ProfileView(
                  old.id(), change.apply(old.draft()), old.createdAt(), old.createdBy(), ids.now());
          ProfileRows.update(connection, changed);
          return changed;
        });
  }

  /**
   * The profile of that name.
   *
   * @throws ProblemException {@code not-found}
   */
  public ProfileView find(Caller caller, String name) {
    return database
        .inTransaction(caller.tenant(), connection -> ProfileRows.find(connection, name))
        .orElseThrow(TokenProfiles::notFound);
  }

  /** All profiles of the tenant, by name. */
  public List<ProfileView> list(Caller caller) {
    return database.inTransaction(caller.tenant(), ProfileRows::all);
  }

  private ProfileView changed(
      Caller admin, Action action, String name, TenantDatabase.Work<ProfileView> change) {
    AuditEvent event = AuditEvent.by(admin, action).subject(name).granted();
    ProfileView view =
        database.inTransaction(
            admin.tenant(),
            connection -> {
              ProfileView changed = unlessTaken(change, connection);
              log.append(connection, List.of(event));
              return changed;
            });
    cache.changed(admin.tenant());
    return view;
  }

  private static ProfileView unlessTaken(
      TenantDatabase.Work<ProfileView> change, Connection connection) throws SQLException {
    try {
      return change.on(connection);
    } catch (SQLException failure) {
      if (SqlFailures.isDuplicate(failure)) {
        throw ProblemException.of(
            ProblemCode.STATE_CONFLICT, "There is a token profile of that name already");
      }
      throw failure;
    }
  }

  private static ProblemException notFound() {
    return ProblemException.of(ProblemCode.NOT_FOUND);
  }
}
