package dev.cardvault.jobs;

import dev.cardvault.access.TenantId;
import dev.cardvault.database.Node;
import dev.cardvault.database.Passage;
import dev.cardvault.database.TenantDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps jobs. Blocks; fails with {@code database-unavailable}. */
@ApplicationScoped
class JobStore {

  private static final String COLUMNS =
      """
      id, tenant_id, type, parameters, state, progress, result, problem, attempt, created_at, created_by, finished_at\
      """;

  private static final String ADD =
      """
      INSERT INTO job (id, tenant_id, type, parameters, created_at, created_by) VALUES (?, current_tenant(), ?, ?, ?, ?)
      """;

  private static final String FIND =
      "SELECT " + COLUMNS + " FROM job WHERE tenant_id = current_tenant() AND id = ?";

  private static final String LIST =
      "SELECT "
          + COLUMNS
          + """
             FROM job WHERE tenant_id = current_tenant() AND (?::uuid IS NULL OR id < ?::uuid)
            ORDER BY id DESC LIMIT ?
            """;

  private static final String CANCEL =
      """
      UPDATE job SET state = 'cancelled', finished_at = ?
       WHERE tenant_id = current_tenant() AND id = ? AND state IN ('queued', 'running')
      """;

  private static final String TAKE =
      """
      UPDATE job SET state = 'running', node = ?, attempt = attempt + 1, progress = 0,
        leased_until = clock_timestamp() + make_interval(secs => ?)
       WHERE id = (
         SELECT id FROM job
          WHERE state = 'queued' OR (state = 'running' AND leased_until < clock_timestamp())
          ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
         AND (state = 'queued' OR leased_until < clock_timestamp())
      RETURNING
      """
          + COLUMNS;

  private static final String KEEP =
      """
      UPDATE job SET progress = ?, leased_until = clock_timestamp() + make_interval(secs => ?)
       WHERE id = ? AND state = 'running' AND node = ? AND attempt = ?
      """;

  private static final String FINISH =
      """
      UPDATE job SET state = ?, result = ?, problem = ?, finished_at = clock_timestamp()
       WHERE id = ? AND state = 'running' AND node = ? AND attempt = ?
      """;

  private final TenantDatabase database;
  private final Node node;

  JobStore(TenantDatabase database, Node node) {
    this.database = database;
    this.node = node;
  }

  /** Adds {@code job} to the transaction of its tenant. */
  static void add(Connection connection, Job job) throws SQLException {
    try (PreparedStatement add = connection.prepareStatement(ADD)) {
      add.setObject(1, job.id());
      add.setString(2, job.type());
      add.setString(3, job.parameters());
      add.setObject(4, job.createdAt().atOffset(ZoneOffset.UTC));
      add.setString(5, job.createdBy());
      add.executeUpdate();
    }
  }

  static Optional<Job> find(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement find = connection.prepareStatement(FIND)) {
      find.setObject(1, id);
      return jobs(find).stream().findFirst();
    }
  }

  /** Jobs older than {@code after}, newest first. */
  static List<Job> list(Connection connection, @Nullable UUID after, int limit)
      throws SQLException {
    try (PreparedStatement list = connection.prepareStatement(LIST)) {
      list.setObject(1, after);
      list.setObject(2, after);
      list.setInt(3, limit);
      return jobs(list);
    }
  }

  /** Whether it had not ended. */
  static boolean cancel(Connection connection, UUID id, Instant now) throws SQLException {
    try (PreparedStatement cancel = connection.prepareStatement(CANCEL)) {
      cancel.setObject(1, now.atOffset(ZoneOffset.UTC));
      cancel.setObject(2, id);
      return cancel.executeUpdate() > 0;
    }
  }

  /** The oldest job that waits or whose node is silent, for this node to do. */
  Optional<Job> take(Duration lease) {
    return database.acrossTenants(
        Passage.JOBS,
        connection -> {
          try (PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setString(1, node.name());
            take.setDouble(2, lease.toMillis() / 1000.0);
            return jobs(take).stream().findFirst();
          }
        });
  }

  /** Whether the job is still this node's. */
  boolean keep(Job job, long progress, Duration lease) {
    return database.acrossTenants(
        Passage.JOBS,
        connection -> {
          try (PreparedStatement keep = connection.prepareStatement(KEEP)) {
            keep.setLong(1, progress);
            keep.setDouble(2, lease.toMillis() / 1000.0);
            keep.setObject(3, job.id());
            keep.setString(4, node.name());
            keep.setInt(5, job.attempt());
            return keep.executeUpdate() > 0;
          }
        });
  }

  /** Ends a job that is still this node's. */
  void finish(Job job, Job.State state, @Nullable String result, @Nullable String problem) {
    database.acrossTenants(
        Passage.JOBS,
        connection -> {
          try (PreparedStatement finish = connection.prepareStatement(FINISH)) {
            finish.setString(1, state.name().toLowerCase(Locale.ROOT));
            finish.setString(2, result);
            finish.setString(3, problem);
            finish.setObject(4, job.id());
            finish.setString(5, node.name());
            finish.setInt(6, job.attempt());
            return finish.executeUpdate();
          }
        });
  }

  private static List<Job> jobs(PreparedStatement statement) throws SQLException {
    List<Job> jobs = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
        jobs.add(
            new Job(
                row.getObject("id", UUID.class),
                new TenantId(row.getObject("tenant_id", UUID.class)),
                row.getString("type"),
                row.getString("parameters"),
                Job.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getLong("progress"),
                row.getString("result"),
                row.getString("problem"),
                row.getInt("attempt"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("created_by"),
                finished == null ? null : finished.toInstant()));
      }
    }
    return jobs;
  }
}
