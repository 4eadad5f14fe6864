package dev.cardvault.vault;

import dev.cardvault.access.TenantId;
import dev.cardvault.database.GroupTransaction;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.vault.IdempotencyStore.Earlier;
import dev.cardvault.vault.IdempotencyStore.Item;
import dev.cardvault.vault.IdempotencyStore.Result;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Issues tokens for single requests that came together, each with its own idempotency key or none.
 */
final class SingleIssue extends GroupTransaction<NewToken, ItemResult<Tokenized>> {

  private final TokenIssue issue;

  SingleIssue(TokenIssue issue) {
    this.issue = issue;
  }

  @Override
  protected List<ItemResult<Tokenized>> inTransaction(
      Connection connection, TenantId tenant, List<NewToken> rows) throws SQLException {
    Map<ByteBuffer, Claimed> claims = claims(rows);
    Map<ByteBuffer, Earlier> earlier =
        IdempotencyStore.claim(
            connection,
            claims.values().stream().map(Claimed::claim).toList(),
            rows.get(0).createdAt());
    List<NewToken> fresh = rows.stream().filter(row -> isFresh(row, claims, earlier)).toList();
    Map<UUID, ItemResult<Tokenized>> issued = issue(connection, fresh);
    settle(connection, claims, issued);
    Map<ByteBuffer, ItemResult<Tokenized>> replayed = replay(connection, earlier, rows.get(0));

    List<ItemResult<Tokenized>> results = new ArrayList<>(rows.size());
    for (NewToken row : rows) {
      ItemResult<Tokenized> own = issued.get(row.id());
      results.add(own != null ? own : repeated(row, claims, earlier, issued, replayed));
    }
    return results;
  }

  @Override
  protected ProblemException failureOf(SQLException failure) {
    return IdempotencyStore.problemOf(failure);
  }

  // Of twins that arrive together the first claims the key; the others get its answer.
  private static Map<ByteBuffer, Claimed> claims(List<NewToken> rows) {
    Map<ByteBuffer, Claimed> claims = new LinkedHashMap<>();
    for (NewToken row : rows) {
      IdempotencyClaim claim = row.claim();
      if (claim != null) {
        claims.putIfAbsent(ByteBuffer.wrap(claim.keyHash()), new Claimed(row.id(), claim));
      }
    }
    return claims;
  }

  private static boolean isFresh(
      NewToken row, Map<ByteBuffer, Claimed> claims, Map<ByteBuffer, Earlier> earlier) {
    IdempotencyClaim claim = row.claim();
    if (claim == null) {
      return true;
    }
    ByteBuffer key = ByteBuffer.wrap(claim.keyHash());
    Claimed first = claims.get(key);
    return first != null && first.row().equals(row.id()) && !earlier.containsKey(key);
  }

  private Map<UUID, ItemResult<Tokenized>> issue(Connection connection, List<NewToken> fresh)
      throws SQLException {
    Map<UUID, ItemResult<Tokenized>> issued = new HashMap<>();
    List<ItemResult<Tokenized>> results = issue.all(connection, fresh);
    for (int i = 0; i < fresh.size(); i++) {
      issued.put(fresh.get(i).id(), results.get(i));
    }
    return issued;
  }

  private static void settle(
      Connection connection,
      Map<ByteBuffer, Claimed> claims,
      Map<UUID, ItemResult<Tokenized>> issued)
      throws SQLException {
    Map<IdempotencyClaim, Result> settled = new HashMap<>();
    List<IdempotencyClaim> released = new ArrayList<>();
    for (Claimed claimed : claims.values()) {
      ItemResult<Tokenized> result = issued.get(claimed.row());
      if (result != null) {
        Item item = itemOf(result);
        if (item.problem() == null) {
          settled.put(claimed.claim(), new Result(List.of(item)));
        } else {
          released.add(claimed.claim());
        }
      }
    }
    IdempotencyStore.settle(connection, settled);
    IdempotencyStore.release(connection, released);
  }

  private static Map<ByteBuffer, ItemResult<Tokenized>> replay(
      Connection connection, Map<ByteBuffer, Earlier> earlier, NewToken any) throws SQLException {
    Map<ByteBuffer, ItemResult<Tokenized>> replayed = new HashMap<>();
    for (Map.Entry<ByteBuffer, Earlier> entry : earlier.entrySet()) {
      replayed.put(
          entry.getKey(), entry.getValue().result().replay(connection, any.createdAt()).get(0));
    }
    return replayed;
  }

  private static ItemResult<Tokenized> repeated(
      NewToken row,
      Map<ByteBuffer, Claimed> claims,
      Map<ByteBuffer, Earlier> earlier,
      Map<UUID, ItemResult<Tokenized>> issued,
      Map<ByteBuffer, ItemResult<Tokenized>> replayed) {
    IdempotencyClaim claim = Objects.requireNonNull(row.claim());
    ByteBuffer key = ByteBuffer.wrap(claim.keyHash());
    Claimed first = Objects.requireNonNull(claims.get(key));
    Earlier before = earlier.get(key);
    byte[] mac = before != null ? before.requestMac() : first.claim().requestMac();
    @Nullable ItemResult<Tokenized> result =
        before != null ? replayed.get(key) : issued.get(first.row());
    return MessageDigest.isEqual(mac, claim.requestMac())
        ? Objects.requireNonNull(result)
        : new ItemResult.Failed<>(ProblemException.of(ProblemCode.IDEMPOTENCY_MISMATCH));
  }

  static Item itemOf(ItemResult<Tokenized> result) {
    return result.match(
        done -> new Item(done.token().id(), done.deduplicated(), null),
        failed -> new Item(null, false, failed.code().code()));
  }

  /**
   * The first of the requests that have one key.
   *
   * @param row its id
   * @param claim its claim
   */
  private record Claimed(UUID row, IdempotencyClaim claim) {}
}
