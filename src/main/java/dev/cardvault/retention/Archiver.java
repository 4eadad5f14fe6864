package dev.cardvault.retention;

import dev.cardvault.access.TenantId;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.database.RoleDatabase;
import dev.cardvault.database.RoleDatabase.Role;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.sequencer.Checkpointing;
import dev.cardvault.sequencer.LogReader;
import dev.cardvault.sequencer.ProvenEvents;
import dev.cardvault.sequencer.ProvenEvents.Numbers;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Has months leave the database once they are old: written to files with every event's proof, read
 * again, told of in the log, and, once that is anchored, dropped. Whatever fails leaves a month
 * where it is, for another time. Any number of nodes may do so at once.
 */
@ApplicationScoped
public class Archiver {

  private static final Logger LOG = Logger.getLogger(Archiver.class);

  private static final String MONTHS =
      """
      SELECT m::date FROM generate_series(?::date, ?::date, interval '1 month') m
      WHERE to_regclass(audit_month_name(m::date)) IS NOT NULL ORDER BY m
      """;

  private static final String DROP = "SELECT audit_month_drop(?)";

  /** Older months than that were never kept in the database. */
  private static final int MOST_MONTHS = 120;

  private final RoleDatabase database;
  private final TenantDatabase tenants;
  private final ProvenEvents events;
  private final LogReader reader;
  private final AuditLog log;
  private final RetentionConfig config;
  private final Clock clock;

  /** Archives what {@code config} says, up to what {@code clock} says is old. */
  public Archiver(
      RoleDatabase database,
      TenantDatabase tenants,
      ProvenEvents events,
      LogReader reader,
      AuditLog log,
      RetentionConfig config,
      Clock clock) {
    this.database = database;
    this.tenants = tenants;
    this.events = events;
    this.reader = reader;
    this.log = log;
    this.config = config;
    this.clock = clock;
  }

  /** Lets go what may go. */
  @Scheduled(every = "1h", delayed = "7m", concurrentExecution = ConcurrentExecution.SKIP)
  public void keepHouse() {
    Optional<Path> folder = config.folder();
    if (folder.isEmpty()) {
      return;
    }
    try {
      List<TenantId> everybody = everybody();
      deleteOld(everybody, folder.get());
      for (LocalDate month : oldMonths()) {
        letGo(month, everybody, folder.get());
      }
    } catch (IOException | SQLException | ProblemException failed) {
      LOG.warnf("Old months of the audit log stay: %s", failed.getMessage());
    }
  }

  /** Those that need not be at hand any more, oldest first. */
  private List<LocalDate> oldMonths() {
    LocalDate newest = thisMonth().minusMonths(config.online() + 1L);
    return tenants.ofAllTenants(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(MONTHS)) {
            select.setObject(1, newest.minusMonths(MOST_MONTHS));
            select.setObject(2, newest);
            List<LocalDate> months = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                months.add(row.getObject(1, LocalDate.class));
              }
            }
            return months;
          }
        });
  }

  private void letGo(LocalDate month, List<TenantId> everybody, Path folder)
      throws IOException, SQLException {
    if (everybody.stream().anyMatch(this::isHeld)) {
      LOG.warnf("The month %s of the audit log stays: a legal hold stands", month);
      return;
    }
    for (TenantId tenant : everybody) {
      archive(tenant, month, folder);
    }
    // Refused until the events that tell of the archives are anchored.
    boolean dropped =
        database.inTransaction(
            Role.PRIVACY,
            connection -> {
              try (PreparedStatement call = connection.prepareStatement(DROP)) {
                call.setObject(1, month);
                try (ResultSet row = call.executeQuery()) {
                  row.next();
                  return row.getBoolean(1);
                }
              }
            });
    if (dropped) {
      LOG.infof("The month %s of the audit log has left the database", month);
    }
  }

  private void archive(TenantId tenant, LocalDate month, Path folder) throws IOException {
    long count =
        tenants.inTransaction(
            tenant,
            connection ->
                ArchiveStore.isThere(connection, month)
                    ? 0
                    : ArchiveStore.events(connection, month));
    if (count == 0) {
      return;
    }
    Numbers numbers =
        events
            .numbers(
                tenant,
                month.atStartOfDay().toInstant(ZoneOffset.UTC),
                month.plusMonths(1).atStartOfDay().toInstant(ZoneOffset.UTC))
            .orElseThrow(() -> new IOException("Events of " + month + " have no leaves"));
    String name = "%s/%s-%s.ndjson".formatted(month, tenant, UUID.randomUUID());
    ArchiveFile file = new ArchiveFile(folder.resolve(name));
    boolean added = false;
    try {
      ArchiveFile.Written written = file.write(events, tenant, numbers);
      file.verify(reader.keys(), written.lines());
      long size = file.size();
      added =
          tenants.inTransaction(
              tenant,
              connection -> add(connection, tenant, month, count, name, size, written.sha256()));
    } finally {
      if (!added) {
        file.delete();
      }
    }
  }

  private boolean add(
      Connection connection,
      TenantId tenant,
      LocalDate month,
      long count,
      String name,
      long size,
      byte[] sha256)
      throws SQLException {
    AuditEvent told =
        AuditEvent.of(tenant, Action.AUDIT_ARCHIVE)
            .actor("cardvault")
            .subject(
                "%s, %d events, sha256=%s".formatted(name, count, HexFormat.of().formatHex(sha256)))
            .granted();
    UUID event = log.append(connection, List.of(told)).get(0);
    Archive archive = new Archive(month, count, name, size, sha256, event);
    if (!ArchiveStore.add(connection, archive, clock.instant())) {
      // The transaction, and the event with it, is not wanted.
      throw ProblemException.of(ProblemCode.STATE_CONFLICT, "Another node has archived it");
    }
    return true;
  }

  private void deleteOld(List<TenantId> everybody, Path folder) throws IOException {
    LocalDate before = thisMonth().minusMonths(config.kept());
    for (TenantId tenant : everybody) {
      List<String> old =
          tenants.inTransaction(
              tenant,
              connection ->
                  HoldStore.stands(connection)
                      ? List.of()
                      : ArchiveStore.before(connection, before));
      for (String name : old) {
        new ArchiveFile(folder.resolve(name)).delete();
        tenants.inTransaction(
            tenant,
            connection -> {
              ArchiveStore.deleted(connection, name, clock.instant());
              return log.append(
                  connection,
                  List.of(
                      AuditEvent.of(tenant, Action.AUDIT_ARCHIVE_DELETE)
                          .actor("cardvault")
                          .subject(name)
                          .granted()));
            });
      }
    }
  }

  /** All tenants, and the log itself, which has events of its own. */
  private List<TenantId> everybody() {
    List<TenantId> everybody = new ArrayList<>(tenants.tenants());
    everybody.add(Checkpointing.LOG_ITSELF);
    return everybody;
  }

  private boolean isHeld(TenantId tenant) {
    return tenants.inTransaction(tenant, HoldStore::stands);
  }

  private LocalDate thisMonth() {
    return LocalDate.now(clock.withZone(ZoneOffset.UTC)).withDayOfMonth(1);
  }
}
