package dev.cardvault.clients;

import dev.cardvault.access.Caller;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.database.Ids;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes and changes clients. A change is felt on this node at once and on the others within five
 * seconds. Blocks: not for an event loop.
 */
@ApplicationScoped
public class ClientRegistry {

  /** How long a rotated secret may still be used, at most. */
  public static final Duration LONGEST_OVERLAP = Duration.ofHours(24);

  private final ClientStore store;
  private final ClientDirectory directory;
  private final Credentials credentials;
  private final Ids ids;

  ClientRegistry(ClientStore store, ClientDirectory directory, Credentials credentials, Ids ids) {
    this.store = store;
    this.directory = directory;
    this.credentials = credentials;
    this.ids = ids;
  }

  /** Makes a client. */
  public NewSecret create(Caller admin, ClientDraft draft) {
    Credentials.Drawn first = credentials.draw(admin.tenant(), null);
    ClientRow row =
        ClientRow.of(
            Client.PREFIX + ids.next(), admin.tenant(), draft, ids.now(), admin.clientId());
    credentials.give(first, row);
    AuditEvent event = AuditEvent.by(admin, Action.CLIENT_CREATE).subject(row.id).granted();
    Client client = felt(() -> store.add(row, event));
    return new NewSecret(client, first.row().id, first.secret());
  }

  /** The client of that id. */
  public Client find(Caller admin, String id) {
    AuditEvent event = AuditEvent.by(admin, Action.CLIENT_READ).subject(id).granted();
    return Failures.told(() -> store.find(admin.tenant(), id, event));
  }

  /**
   * The tenant's clients, oldest first.
   *
   * @param cursor where an earlier page ended
   * @param limit at most this many, 1 to 100
   */
  public ClientPage list(Caller admin, @Nullable String cursor, int limit) {
    String after = cursor == null ? null : Cursor.read(cursor);
    AuditEvent event = AuditEvent.by(admin, Action.CLIENT_READ).granted();
    List<Client> found = Failures.told(() -> store.list(admin.tenant(), after, limit + 1, event));
    if (found.size() <= limit) {
      return new ClientPage(found, null);
    }
    List<Client> page = found.subList(0, limit);
    return new ClientPage(page, Cursor.write(page.get(limit - 1).id()));
  }

  /**
   * Changes the name or the rules of the client of that id.
   *
   * @throws ProblemException {@code state-conflict} when that is the administrator itself: nobody
   *     grants rights to themselves (PCI DSS 7.2.1)
   */
  public Client update(Caller admin, String id, UnaryOperator<ClientDraft> change) {
    refuseOneself(admin, id);
    return changed(
        admin,
        Action.CLIENT_UPDATE,
        id,
        row -> {
          ClientDraft draft = change.apply(new ClientDraft(row.name, Policies.read(row)));
          row.name = draft.name();
          Policies.write(draft.policy(), row);
        });
  }

  /** Stops the client of that id from doing anything, with the access tokens it has as well. */
  public Client suspend(Caller admin, String id, String reason) {
    refuseOneself(admin, id);
    return changed(
        admin, Action.CLIENT_SUSPEND, id, row -> become(row, ClientRow.SUSPENDED, reason));
  }

  /** Lets a suspended client go on. */
  public Client resume(Caller admin, String id, String reason) {
    return changed(admin, Action.CLIENT_RESUME, id, row -> become(row, ClientRow.ACTIVE, reason));
  }

  /**
   * Gives the client of that id one more secret, beside those it has.
   *
   * @param expiresAt when it ends; {@code null} for not by itself
   */
  public NewSecret addCredential(Caller admin, String id, @Nullable Instant expiresAt) {
    if (expiresAt != null && !expiresAt.isAfter(ids.now())) {
      throw ProblemException.at(
          "/expires_at", ProblemCode.INVALID_FIELD, "A credential ends in the future");
    }
    return withNewSecret(admin, Action.CLIENT_CREDENTIAL, id, expiresAt, row -> {});
  }

  /**
   * Gives the client of that id a new secret; those it has end after {@code overlap}.
   *
   * @param overlap at most {@link #LONGEST_OVERLAP}
   */
  public NewSecret rotate(Caller admin, String id, Duration overlap) {
    if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
      throw ProblemException.at(
          "/overlap_seconds", ProblemCode.INVALID_FIELD, "Secrets overlap by at most 24 hours");
    }
    return withNewSecret(
        admin,
        Action.CLIENT_ROTATE,
        id,
        null,
        row -> credentials.endAll(row, ids.now().plus(overlap)));
  }

  /** Ends a credential at once, and the access tokens that were given for it. */
  public void revokeCredential(Caller admin, String id, String credentialId) {
    changed(admin, Action.CLIENT_REVOKE, id, row -> credentials.revoke(row, credentialId));
  }

  private NewSecret withNewSecret(
      Caller admin,
      Action action,
      String id,
      @Nullable Instant expiresAt,
      Consumer<ClientRow> others) {
    // Hashing takes its time, so it comes before the row is locked.
    Credentials.Drawn drawn = credentials.draw(admin.tenant(), expiresAt);
    Client client =
        changed(
            admin,
            action,
            id,
            row -> {
              others.accept(row);
              credentials.give(drawn, row);
            });
    return new NewSecret(client, drawn.row().id, drawn.secret());
  }

  private Client changed(Caller admin, Action action, String id, Consumer<ClientRow> change) {
    AuditEvent event = AuditEvent.by(admin, action).subject(id).granted();
    return felt(() -> store.change(admin.tenant(), id, change, event));
  }

  /** What {@code change} returns, once this node goes by it. */
  private Client felt(Supplier<Client> change) {
    Client client = Failures.told(change);
    directory.refreshOrWarn();
    return client;
  }

  private static void become(ClientRow row, String status, String reason) {
    if (row.status.equals(status)) {
      throw ProblemException.of(ProblemCode.STATE_CONFLICT, "The client is " + status + " already");
    }
    row.status = status;
    row.statusReason = reason;
  }

  private static void refuseOneself(Caller admin, String id) {
    if (admin.clientId().equals(id)) {
      throw ProblemException.of(
          ProblemCode.STATE_CONFLICT, "A client does not decide about itself");
    }
  }
}
