package dev.cardvault.sequencer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditTrail;
import dev.cardvault.audit.LogState;
import dev.cardvault.database.RoleDatabase;
import dev.cardvault.database.RoleDatabase.Role;
import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.ledger.Note;
import dev.cardvault.ledger.Tile;
import dev.cardvault.ledger.TreeHash;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.verifier.LogFolderWriter;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

/**
 * Writes the whole log, of all tenants, into a folder for an assessor: what {@code audit-verify}
 * reads. A bundle at a time, so that memory does not grow with the log.
 */
@ApplicationScoped
public class LogExport {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BUNDLES = 16;

  private static final String LEAVES =
      "SELECT l.idx, l.leaf, "
          + PendingEvent.COLUMNS
          + "FROM audit_leaf l LEFT JOIN audit_event e ON e.id = l.event_id AND e.tenant_id ="
          + " l.tenant_id WHERE l.idx >= ? AND l.idx < ? ORDER BY l.idx";

  private static final String CHECKPOINTS =
      """
      SELECT note, size, signed_at::text FROM audit_checkpoint
      WHERE (size, signed_at) > (?, ?::timestamptz) AND size <= ? ORDER BY size, signed_at LIMIT 10000
      """;

  private static final String ANCHORS = "SELECT anchor, evidence FROM audit_anchor ORDER BY size";

  private final RoleDatabase database;
  private final LogReader reader;
  private final AuditTrail trail;
  private final LogState state;

  /** Exports from {@code database}, and says so in {@code trail} (PCI DSS 10.2.1.3). */
  LogExport(RoleDatabase database, LogReader reader, AuditTrail trail, LogState state) {
    this.database = database;
    this.reader = reader;
    this.trail = trail;
    this.state = state;
  }

  /**
   * Writes {@code folder}, which must not be there.
   *
   * @return the checkpoint to which it goes; nothing when there is none yet
   */
  public Optional<Checkpoint> write(Path folder) throws IOException, SQLException {
    note();
    Optional<Note> newest = reader.checkpoint();
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    Checkpoint upTo = Checkpoint.of(newest.get());
    try (LogFolderWriter writer = new LogFolderWriter(folder)) {
      writer.keys(reader.keys());
      writeCheckpoints(writer, upTo.size());
      writeAnchors(writer, upTo);
      for (long from = 0; from < upTo.size(); from += (long) BUNDLES * Tile.WIDTH) {
        writeLeaves(writer, from, Math.min(upTo.size(), from + (long) BUNDLES * Tile.WIDTH));
      }
      writer.finish(newest.get());
    }
    return Optional.of(upTo);
  }

  // A log that was stopped takes no more events, and is then needed most.
  private void note() {
    try {
      trail
          .record(
              AuditEvent.of(Checkpointing.LOG_ITSELF, Action.AUDIT_EXPORT)
                  .actor("audit-export")
                  .subject("the whole log")
                  .granted())
          .toCompletableFuture()
          .join();
    } catch (CompletionException refused) {
      if (state.halted().isEmpty()) {
        throw ProblemException.from(refused);
      }
    }
  }

  private void writeCheckpoints(LogFolderWriter writer, long size) throws SQLException {
    String[] after = {"-1", "epoch"};
    int written;
    do {
      written =
          database.inTransaction(
              Role.SEQUENCER, connection -> writeCheckpoints(connection, writer, size, after));
    } while (written > 0);
  }

  private static int writeCheckpoints(
      Connection connection, LogFolderWriter writer, long size, String[] after)
      throws SQLException {
    int written = 0;
    try (PreparedStatement select = connection.prepareStatement(CHECKPOINTS)) {
      select.setLong(1, Long.parseLong(after[0]));
      select.setString(2, after[1]);
      select.setLong(3, size);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          writer.checkpoint(Note.parse(row.getString(1)));
          after[0] = row.getString(2);
          after[1] = row.getString(3);
          written++;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return written;
  }

  private void writeAnchors(LogFolderWriter writer, Checkpoint upTo)
      throws SQLException, IOException {
    Map<String, List<Note>> anchored =
        database.inTransaction(
            Role.SEQUENCER,
            connection -> {
              Map<String, List<Note>> notes = new TreeMap<>();
              try (PreparedStatement select = connection.prepareStatement(ANCHORS);
                  ResultSet row = select.executeQuery()) {
                while (row.next()) {
                  Note note = Note.parse(row.getString(2));
                  if (Checkpoint.of(note).size() <= upTo.size()) {
                    notes.computeIfAbsent(row.getString(1), n -> new ArrayList<>()).add(note);
                  }
                }
              }
              return notes;
            });
    for (var anchor : anchored.entrySet()) {
      writer.anchor(anchor.getKey(), anchor.getValue());
    }
  }

  private void writeLeaves(LogFolderWriter writer, long from, long to) throws SQLException {
    database.inTransaction(
        Role.SEQUENCER,
        connection -> {
          TreeHash hashes = new TreeHash();
          try (PreparedStatement select = connection.prepareStatement(LEAVES)) {
            select.setLong(1, from);
            select.setLong(2, to);
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                byte[] leaf = row.getBytes("leaf");
                writer.append(hashes.leaf(leaf), leaf);
                writer.words(line(row));
              }
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return to;
        });
  }

  private static String line(ResultSet row) throws SQLException, IOException {
    ObjectNode line = JSON.createObjectNode().put("index", row.getLong("idx"));
    if (row.getObject("id") != null) {
      PendingEvent.of(row).clear().forEach(line.putObject("event")::put);
    }
    Words.of(row).forEach(line.putObject("words")::put);
    return JSON.writeValueAsString(line);
  }
}
