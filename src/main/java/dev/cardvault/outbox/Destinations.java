package dev.cardvault.outbox;

import dev.cardvault.access.Caller;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.audit.Outcome;
import dev.cardvault.database.Ids;
import dev.cardvault.database.SqlFailures;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.keys.WebhookKey;
import dev.cardvault.keys.WebhookKeys;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a tenant's messages go; each change and each look is an event in the same
 * transaction. Blocks: not for an event loop.
 */
@ApplicationScoped
public class Destinations {

  private static final Duration OVERLAP = Duration.ofHours(24);

  private final TenantDatabase database;
  private final AuditLog log;
  private final WebhookKeys keys;
  private final Ids ids;
  private final List<Channel> channels;

  Destinations(
      TenantDatabase database,
      AuditLog log,
      WebhookKeys keys,
      Ids ids,
      @All List<Channel> channels) {
    this.database = database;
    this.log = log;
    this.keys = keys;
    this.ids = ids;
    this.channels = channels;
  }

  /**
   * Makes a destination.
   *
   * @throws ProblemException {@code invalid-field} when its channel may not send to its address,
   *     {@code state-conflict} when the name is taken
   */
  public NewDestination create(Caller admin, DestinationDraft draft) {
    channel(draft.channel()).check(draft.address());
    Destination made =
        new Destination(
            ids.next(),
            draft.name(),
            draft.channel(),
            draft.address(),
            draft.kinds(),
            1,
            ids.now(),
            admin.clientId());
    WebhookKey key = key(admin);
    database.inTransaction(
        admin.tenant(),
        connection -> {
          add(connection, made);
          log.note(
              connection, admin, Action.DESTINATION_CREATE, "dst_" + made.id(), Outcome.GRANTED);
          return made;
        });
    return new NewDestination(made, key.secretOf(made.id(), made.secretVersion()));
  }

  /** All of the tenant's, by name. */
  public List<Destination> list(Caller admin) {
    return database.inTransaction(
        admin.tenant(),
        connection -> {
          log.append(connection, List.of(AuditEvent.by(admin, Action.DESTINATION_READ).granted()));
          return DestinationStore.list(connection);
        });
  }

  /**
   * The destination of that id.
   *
   * @throws ProblemException {@code not-found}
   */
  public Destination find(Caller admin, UUID id) {
    return noted(
        admin,
        Action.DESTINATION_READ,
        id,
        connection -> DestinationStore.find(connection, id).isPresent(),
        connection -> found(connection, id));
  }

  /**
   * Sends nothing there any more; what still waits is given up.
   *
   * @throws ProblemException {@code not-found}
   */
  public void remove(Caller admin, UUID id) {
    noted(
        admin,
        Action.DESTINATION_REMOVE,
        id,
        connection -> DestinationStore.remove(connection, id),
        connection -> id);
  }

  /**
   * Gives a destination a new secret; for a day its messages are signed with both.
   *
   * @throws ProblemException {@code not-found}
   */
  public NewDestination rotate(Caller admin, UUID id) {
    WebhookKey key = key(admin);
    Destination rotated =
        noted(
            admin,
            Action.DESTINATION_ROTATE,
            id,
            connection -> DestinationStore.rotate(connection, id, OVERLAP),
            connection -> found(connection, id));
    return new NewDestination(rotated, key.secretOf(id, rotated.secretVersion()));
  }

  /**
   * What was sent to a destination, newest first.
   *
   * @param cursor where an earlier page ended
   * @param limit at most this many, 1 to 100
   * @throws ProblemException {@code not-found}, {@code invalid-cursor}
   */
  public SentPage sent(Caller admin, UUID id, @Nullable String cursor, int limit) {
    long before = SentPage.before(cursor);
    return noted(
        admin,
        Action.DESTINATION_READ,
        id,
        connection -> DestinationStore.find(connection, id).isPresent(),
        connection -> SentPage.of(DestinationStore.sent(connection, id, before, limit + 1), limit));
  }

  private <R> R noted(
      Caller admin,
      Action action,
      UUID id,
      TenantDatabase.Work<Boolean> first,
      TenantDatabase.Work<R> then) {
    return database
        .inTransaction(
            admin.tenant(),
            connection -> {
              boolean there = first.on(connection);
              log.note(
                  connection,
                  admin,
                  action,
                  "dst_" + id,
                  there ? Outcome.GRANTED : Outcome.NOT_FOUND);
              return there ? Optional.of(then.on(connection)) : Optional.<R>empty();
            })
        .orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND));
  }

  private static void add(Connection connection, Destination destination) throws SQLException {
    try {
      DestinationStore.add(connection, destination);
    } catch (SQLException failed) {
      if (SqlFailures.isDuplicate(failed)) {
        throw ProblemException.of(
            ProblemCode.STATE_CONFLICT, "There is a destination of that name already");
      }
      throw failed;
    }
  }

  private static Destination found(Connection connection, UUID id) throws SQLException {
    return DestinationStore.find(connection, id)
        .orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND));
  }

  private Channel channel(String name) {
    return channels.stream()
        .filter(channel -> channel.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.at(
                    "/channel", ProblemCode.INVALID_FIELD, "There is no such channel"));
  }

  private WebhookKey key(Caller admin) {
    try {
      return keys.key(admin.tenant()).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw ProblemException.from(e);
    }
  }
}
