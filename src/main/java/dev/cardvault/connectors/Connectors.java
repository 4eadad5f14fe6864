package dev.cardvault.connectors;

import dev.cardvault.access.Caller;
import dev.cardvault.access.TenantId;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.database.Ids;
import dev.cardvault.database.SqlFailures;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.keys.InputKey;
import dev.cardvault.keys.InputKeys;
import dev.cardvault.keys.SecretHasher;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes and changes connectors, each change in one transaction with its event. It is felt on this
 * node at once and on the others within five seconds. Blocks: not for an event loop.
 */
@ApplicationScoped
public class Connectors {

  /** How many connectors a tenant may have: few enough to be kept in memory and shown at once. */
  public static final int MOST = 100;

  /** How many keys Amazon Connect may encrypt under at once: the old one and the new. */
  public static final int MOST_INPUT_KEYS = 2;

  private final TenantDatabase database;
  private final AuditLog log;
  private final ConnectorDirectory directory;
  private final SecretHasher hasher;
  private final InputKeys inputKeys;
  private final SecureRandom random;
  private final Ids ids;

  Connectors(
      TenantDatabase database,
      AuditLog log,
      ConnectorDirectory directory,
      SecretHasher hasher,
      InputKeys inputKeys,
      SecureRandom random,
      Ids ids) {
    this.database = database;
    this.log = log;
    this.directory = directory;
    this.hasher = hasher;
    this.inputKeys = inputKeys;
    this.random = random;
    this.ids = ids;
  }

  /**
   * Makes a connector; one for Amazon Connect gets its first key pair.
   *
   * @param username what it shows beside its secret; {@code null} for its id
   * @param password its secret; {@code null} for one that is drawn
   * @throws ProblemException {@code state-conflict} when there is one of that name, or there are
   *     too many
   */
  public NewConnector create(
      Caller admin,
      ConnectorDraft draft,
      @Nullable String username,
      @Nullable ConnectorSecret password) {
    UUID id = ids.next();
    ConnectorSecret secret = password == null ? ConnectorSecret.draw(random) : password;
    List<InputKey> keys =
        draft.kind() == ConnectorKind.AMAZON_CONNECT ? List.of(newKey(admin.tenant())) : List.of();
    Connector made =
        new Connector(
            id,
            admin.tenant(),
            draft,
            username == null ? Connector.PREFIX + id : username,
            new ConnectorSecrets(hasher.hash(secret.bytes()), null, null),
            keys,
            ids.now(),
            admin.clientId());
    change(
        admin,
        Action.CONNECTOR_CREATE,
        id,
        connection -> {
          if (ConnectorStore.count(connection) >= MOST) {
            throw ProblemException.of(
                ProblemCode.STATE_CONFLICT, "A tenant has at most " + MOST + " connectors");
          }
          ConnectorStore.insert(connection, made);
          for (InputKey key : keys) {
            ConnectorStore.addKey(connection, id, key);
          }
          return made;
        });
    return new NewConnector(made, secret);
  }

  /** All connectors of the tenant, oldest first. */
  public List<Connector> list(Caller admin) {
    AuditEvent event = AuditEvent.by(admin, Action.CONNECTOR_READ).granted();
    return database.inTransaction(
        admin.tenant(),
        connection -> {
          List<Connector> all = ConnectorStore.all(connection);
          log.append(connection, List.of(event));
          return all;
        });
  }

  /**
   * The connector of that id.
   *
   * @throws ProblemException {@code not-found}
   */
  public Connector find(Caller admin, UUID id) {
    AuditEvent event = event(admin, Action.CONNECTOR_READ, id);
    return database.inTransaction(
        admin.tenant(),
        connection -> {
          Connector found = ConnectorStore.find(connection, id).orElseThrow(Connectors::notFound);
          log.append(connection, List.of(event));
          return found;
        });
  }

  /**
   * Changes the connector of that id.
   *
   * @throws ProblemException {@code not-found}, or {@code state-conflict} when it would speak
   *     another tongue
   */
  public Connector update(Caller admin, UUID id, UnaryOperator<ConnectorDraft> change) {
    return change(
        admin,
        Action.CONNECTOR_UPDATE,
        id,
        connection -> {
          Connector old = locked(connection, id);
          ConnectorDraft draft = change.apply(old.draft());
          if (draft.kind() != old.draft().kind() || draft.vendor() != old.draft().vendor()) {
            throw ProblemException.of(
                ProblemCode.STATE_CONFLICT, "A connector stays of its kind and vendor");
          }
          return updated(connection, with(old, draft, old.secrets()));
        });
  }

  /** Gives the connector of that id a new secret; the one it has ends after {@code overlap}. */
  public NewConnector rotate(Caller admin, UUID id, Duration overlap) {
    ConnectorSecret secret = ConnectorSecret.draw(random);
    // Hashing takes its time, so it comes before the row is locked.
    String hash = hasher.hash(secret.bytes());
    Connector rotated =
        change(
            admin,
            Action.CONNECTOR_ROTATE,
            id,
            connection -> {
              Connector old = locked(connection, id);
              ConnectorSecrets secrets =
                  new ConnectorSecrets(hash, old.secrets().current(), ids.now().plus(overlap));
              return updated(connection, with(old, old.draft(), secrets));
            });
    return new NewConnector(rotated, secret);
  }

  /** Takes the connector of that id away, with its keys. */
  public void delete(Caller admin, UUID id) {
    change(
        admin,
        Action.CONNECTOR_DELETE,
        id,
        connection -> {
          Connector old = locked(connection, id);
          ConnectorStore.delete(connection, id);
          return old;
        });
  }

  /**
   * A second key pair for Amazon Connect to encrypt under.
   *
   * @throws ProblemException {@code state-conflict} when there are two, or it is another's kind
   */
  public Connector addInputKey(Caller admin, UUID id) {
    InputKey key = newKey(admin.tenant());
    return change(
        admin,
        Action.CONNECTOR_KEY,
        id,
        connection -> {
          Connector old = locked(connection, id);
          if (old.draft().kind() != ConnectorKind.AMAZON_CONNECT
              || old.inputKeys().size() >= MOST_INPUT_KEYS) {
            throw ProblemException.of(
                ProblemCode.STATE_CONFLICT,
                "A connector for Amazon Connect, and no other, has at most two keys");
          }
          ConnectorStore.addKey(connection, id, key);
          return locked(connection, id);
        });
  }

  /** Notes how Amazon Connect names a key. */
  public Connector nameInputKey(Caller admin, UUID id, UUID keyId, String name) {
    return change(
        admin,
        Action.CONNECTOR_KEY,
        id,
        connection -> {
          requireKey(locked(connection, id), keyId);
          ConnectorStore.nameKey(connection, keyId, name);
          return locked(connection, id);
        });
  }

  /** Takes a key away for good: what was encrypted under it stays closed. */
  public void deleteInputKey(Caller admin, UUID id, UUID keyId) {
    change(
        admin,
        Action.CONNECTOR_KEY,
        id,
        connection -> {
          Connector old = locked(connection, id);
          requireKey(old, keyId);
          ConnectorStore.deleteKey(connection, keyId);
          return old;
        });
  }

  private InputKey newKey(TenantId tenant) {
    try {
      return inputKeys.make(tenant).toCompletableFuture().join();
    } catch (java.util.concurrent.CompletionException failed) {
      throw ProblemException.from(failed);
    }
  }

  private static void requireKey(Connector connector, UUID keyId) {
    if (connector.inputKeys().stream().noneMatch(key -> key.id().equals(keyId))) {
      throw notFound();
    }
  }

  private static Connector locked(Connection connection, UUID id) throws SQLException {
    return ConnectorStore.lock(connection, id).orElseThrow(Connectors::notFound);
  }

  private static Connector with(Connector old, ConnectorDraft draft, ConnectorSecrets secrets) {
    return new Connector(
        old.id(),
        old.tenant(),
        draft,
        old.username(),
        secrets,
        old.inputKeys(),
        old.createdAt(),
        old.createdBy());
  }

  private static Connector updated(Connection connection, Connector changed) throws SQLException {
    ConnectorStore.update(connection, changed);
    return changed;
  }

  /** What {@code change} returns, once this node goes by it. */
  private Connector change(
      Caller admin, Action action, UUID id, TenantDatabase.Work<Connector> change) {
    AuditEvent event = event(admin, action, id);
    Connector changed =
        database.inTransaction(
            admin.tenant(),
            connection -> {
              Connector after = unlessTaken(change, connection);
              log.append(connection, List.of(event));
              return after;
            });
    directory.changed();
    return changed;
  }

  private static Connector unlessTaken(TenantDatabase.Work<Connector> change, Connection connection)
      throws SQLException {
    try {
      return change.on(connection);
    } catch (SQLException failure) {
      if (SqlFailures.isDuplicate(failure)) {
        throw ProblemException.of(ProblemCode.STATE_CONFLICT, "There is one of that name already");
      }
      throw failure;
    }
  }

  private static AuditEvent event(Caller admin, Action action, UUID id) {
    return AuditEvent.by(admin, action).subject(Connector.PREFIX + id).granted();
  }

  private static ProblemException notFound() {
    return ProblemException.of(ProblemCode.NOT_FOUND);
  }
}
