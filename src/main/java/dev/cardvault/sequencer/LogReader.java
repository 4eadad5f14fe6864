package dev.cardvault.sequencer;

import dev.cardvault.access.Caller;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.audit.Outcome;
import dev.cardvault.database.RoleDatabase;
import dev.cardvault.database.RoleDatabase.Role;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.ledger.EntryBundle;
import dev.cardvault.ledger.Note;
import dev.cardvault.ledger.NoteKey;
import dev.cardvault.ledger.ProvenEvent;
import dev.cardvault.ledger.Tile;
import dev.cardvault.ledger.TilePath;
import dev.cardvault.ledger.TlogProof;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Shows the proven log: to anybody its hashes and signatures, which tell nothing of what was asked;
 * to a tenant its own leaves. Blocks: not for an event loop.
 */
@ApplicationScoped
public class LogReader {

  private final RoleDatabase database;
  private final TenantDatabase tenants;
  private final ProvenEvents events;
  private final AuditLog log;
  private final SequencerConfig config;

  /** Reads from {@code database}, and notes in {@code log} which tenant read what of its own. */
  LogReader(
      RoleDatabase database,
      TenantDatabase tenants,
      ProvenEvents events,
      AuditLog log,
      SequencerConfig config) {
    this.database = database;
    this.tenants = tenants;
    this.events = events;
    this.log = log;
    this.config = config;
  }

  /** The newest signed checkpoint; nothing before the first. */
  public Optional<Note> checkpoint() {
    return database.ask(Role.SEQUENCER, CheckpointStore::newest).map(CheckpointStore.Signed::note);
  }

  /** The public keys that ever signed, oldest first. */
  public List<NoteKey> keys() {
    return database.ask(
        Role.SEQUENCER,
        connection -> {
          String origin = HeadStore.read(connection).origin(config);
          return CheckpointStore.keys(connection).stream()
              .map(key -> NoteKey.ofLog(origin, key.publicKey()))
              .toList();
        });
  }

  /** A tile of hashes; nothing where the log has not grown so far. */
  public Optional<Tile> tile(TilePath path) {
    return database.ask(
        Role.SEQUENCER,
        connection -> {
          long size = HeadStore.read(connection).size();
          return Tile.width(path.level(), path.index(), size) < path.width()
              ? Optional.empty()
              : Optional.of(
                  LeafStore.tiles(connection).read(path.level(), path.index(), path.width()));
        });
  }

  /**
   * A bundle of entries in which only the caller's own are shown; nothing where the log has not
   * grown so far. That it was read is an event of its own (PCI DSS 10.2.1.3).
   */
  public Optional<byte[]> entries(Caller caller, TilePath path) {
    return tenants.inTransaction(
        caller.tenant(),
        connection -> {
          long size = HeadStore.read(connection).size();
          boolean there = Tile.width(0, path.index(), size) >= path.width();
          note(connection, caller, there, path.text());
          return there
              ? Optional.of(
                  EntryBundle.write(
                      LeafStore.ownLeaves(connection, path.index() * Tile.WIDTH, path.width())))
              : Optional.empty();
        });
  }

  /**
   * What shows that an event of the caller's is in the log.
   *
   * @throws ProblemException {@code not-found}, for another tenant's as well; {@code
   *     audit-unavailable} when it has no place in a signed log yet, which takes a second or two
   */
  public TlogProof proof(Caller caller, UUID event) {
    LeafStore.Found leaf =
        tenants
            .inTransaction(
                caller.tenant(),
                connection -> {
                  Optional<LeafStore.Found> found = LeafStore.find(connection, event);
                  if (found.isEmpty() && LeafStore.isPending(connection, event)) {
                    found = Optional.of(LeafStore.Found.NOT_YET);
                  }
                  note(connection, caller, found.isPresent(), "proof of evt_" + event);
                  return found;
                })
            .orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND));
    return events.prove(events.newest(), List.of(leaf)).stream()
        .findFirst()
        .orElseThrow(ProvenEvents::notYet)
        .proof();
  }

  /**
   * The caller's events of these numbers, each with its proof, all under one checkpoint. Since
   * numbers have no gaps, whoever has all from 1 to the newest has all there are. Events without a
   * proof yet are left out.
   *
   * @param from the first number
   * @param limit at most this many
   */
  public List<ProvenEvent> numbered(Caller caller, long from, int limit) {
    List<LeafStore.Found> leaves =
        tenants.inTransaction(
            caller.tenant(),
            connection -> {
              note(connection, caller, true, "proofs from " + from);
              return LeafStore.numbered(connection, from, limit);
            });
    return events.prove(events.newest(), leaves);
  }

  private void note(Connection connection, Caller caller, boolean there, String subject)
      throws SQLException {
    log.note(
        connection,
        caller,
        Action.AUDIT_READ,
        subject,
        there ? Outcome.GRANTED : Outcome.NOT_FOUND);
  }
}
