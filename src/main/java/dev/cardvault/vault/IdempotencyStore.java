package dev.cardvault.vault;

import dev.cardvault.database.Rows;
import dev.cardvault.database.SqlFailures;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Remembers for a day which request an idempotency key belongs to, and what came of it. */
final class IdempotencyStore {

  /** How long a key is remembered. */
  static final String KEPT = "24 hours";

  // A key older than its day counts as unused. Whoever comes second waits here for the first one's
  // commit.
  private static final String CLAIM =
      """
      INSERT INTO idempotency AS i (tenant_id, key_hash, request_hmac, result, created_at)
      SELECT current_tenant(), e.key_hash, e.request_hmac, '{"items":[]}', ?
      FROM unnest(?::bytea[], ?::bytea[]) e(key_hash, request_hmac) ORDER BY e.key_hash
      ON CONFLICT (tenant_id, key_hash) DO UPDATE
        SET request_hmac = excluded.request_hmac, result = excluded.result, created_at = excluded.created_at
        WHERE i.created_at < excluded.created_at - interval '%s'
      RETURNING key_hash
      """
          .formatted(KEPT);

  private static final String READ =
      """
      SELECT i.key_hash, i.request_hmac, i.result FROM unnest(?::bytea[]) e(key_hash)
      JOIN idempotency i ON i.tenant_id = current_tenant() AND i.key_hash = e.key_hash
      """;

  private static final String SETTLE =
      """
      UPDATE idempotency i SET result = e.result::jsonb FROM unnest(?::bytea[], ?::text[]) e(key_hash, result)
      WHERE i.tenant_id = current_tenant() AND i.key_hash = e.key_hash
      """;

  private static final String RELEASE =
      "DELETE FROM idempotency WHERE tenant_id = current_tenant() AND key_hash = ANY (?::bytea[])";

  /**
   * The state of a failure whose one cause is a key that a running request holds; it counts as that
   * row's.
   */
  private static final String IN_FLIGHT = "P0409";

  private IdempotencyStore() {}

  /** Claims each key, and tells what is known of those that were claimed before. */
  static Map<ByteBuffer, Earlier> claim(
      Connection connection, List<IdempotencyClaim> claims, Instant now) throws SQLException {
    if (claims.isEmpty()) {
      return Map.of();
    }
    Set<ByteBuffer> claimed;
    try {
      claimed = insert(connection, claims, now);
    } catch (SQLException failed) {
      throw SqlFailures.isLockTimeout(failed)
          ? new SQLException(failed.getMessage(), IN_FLIGHT, failed)
          : failed;
    }
    List<IdempotencyClaim> others =
        claims.stream().filter(c -> !claimed.contains(ByteBuffer.wrap(c.keyHash()))).toList();
    return read(connection, others);
  }

  private static Set<ByteBuffer> insert(
      Connection connection, List<IdempotencyClaim> claims, Instant now) throws SQLException {
    Set<ByteBuffer> claimed = new HashSet<>();
    try (var insert = connection.prepareStatement(CLAIM)) {
      insert.setObject(1, now.atOffset(ZoneOffset.UTC));
      new Rows<>(connection, insert, 2, claims)
          .bytes(IdempotencyClaim::keyHash)
          .bytes(IdempotencyClaim::requestMac);
      try (ResultSet row = insert.executeQuery()) {
        while (row.next()) {
          claimed.add(ByteBuffer.wrap(row.getBytes(1)));
        }
      }
    }
    return claimed;
  }

  private static Map<ByteBuffer, Earlier> read(Connection connection, List<IdempotencyClaim> claims)
      throws SQLException {
    Map<ByteBuffer, Earlier> earlier = new HashMap<>();
    if (claims.isEmpty()) {
      return earlier;
    }
    try (var select = connection.prepareStatement(READ)) {
      new Rows<>(connection, select, 1, claims).bytes(IdempotencyClaim::keyHash);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Result result = TokenViews.read(row.getString(3), Result.class);
          earlier.put(
              ByteBuffer.wrap(row.getBytes(1)),
              new Earlier(row.getBytes(2), Objects.requireNonNull(result)));
        }
      }
    }
    return earlier;
  }

  /** What a caller is told of {@code failure}. */
  static ProblemException problemOf(SQLException failure) {
    return IN_FLIGHT.equals(failure.getSQLState())
        ? ProblemException.of(ProblemCode.IDEMPOTENCY_IN_FLIGHT).retryAfter(Duration.ofSeconds(1))
        : SqlFailures.problemOf(failure);
  }

  /** Notes what came of the requests. */
  static void settle(Connection connection, Map<IdempotencyClaim, Result> results)
      throws SQLException {
    if (results.isEmpty()) {
      return;
    }
    try (var update = connection.prepareStatement(SETTLE)) {
      new Rows<>(connection, update, 1, List.copyOf(results.entrySet()))
          .bytes(e -> e.getKey().keyHash())
          .text(e -> TokenViews.json(e.getValue()));
      update.execute();
    }
  }

  /** Gives keys back whose requests failed, so that they may be tried again. */
  static void release(Connection connection, List<IdempotencyClaim> claims) throws SQLException {
    if (claims.isEmpty()) {
      return;
    }
    try (var delete = connection.prepareStatement(RELEASE)) {
      new Rows<>(connection, delete, 1, claims).bytes(IdempotencyClaim::keyHash);
      delete.execute();
    }
  }

  /**
   * A request that had the key before.
   *
   * @param requestMac what it said
   * @param result what came of it
   */
  record Earlier(byte[] requestMac, Result result) {}

  /**
   * What came of a request.
   *
   * @param items one for a single request, one an item for a bulk call
   */
  record Result(List<Item> items) {

    /** The same answer again, with the tokens as they are now. */
    List<ItemResult<Tokenized>> replay(Connection connection, Instant now) throws SQLException {
      Map<UUID, TokenView> tokens =
          TokenStore.byId(
              connection, items.stream().flatMap(i -> Stream.ofNullable(i.token())).toList(), now);
      return items.stream().map(item -> item.replay(tokens)).toList();
    }
  }

  /**
   * What came of an item.
   *
   * @param token the token it got
   * @param deduplicated whether the PAN had it already
   * @param problem the code of what failed it instead
   */
  record Item(@Nullable UUID token, boolean deduplicated, @Nullable String problem) {

    private ItemResult<Tokenized> replay(Map<UUID, TokenView> tokens) {
      if (problem != null) {
        return new ItemResult.Failed<>(ProblemException.of(ProblemCode.ofCode(problem)));
      }
      TokenView view = Objects.requireNonNull(tokens.get(Objects.requireNonNull(token)));
      return new ItemResult.Done<>(new Tokenized(view, deduplicated));
    }
  }
}
