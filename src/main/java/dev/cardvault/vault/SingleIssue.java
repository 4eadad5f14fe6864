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
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Issues tokens for single requests that came together, each with its own idempotency key or none. */
final class SingleIssue extends GroupTransaction<NewToken, ItemResult<Tokenized>> {

  private final TokenIssue issue;

  SingleIssue(TokenIssue issue) {
    this.issue = issue;
  }

  @Override
  protected List<ItemResult<Tokenized>> inTransaction(
      Connection connection, TenantId tenant, List<NewToken> rows) throws SQLException {
    Map<ByteBuffer, NewToken> leaders = leaders(rows);
    Map<ByteBuffer, Earlier> earlier =
        IdempotencyStore.claim(
            connection,
            leaders.values().stream().map(NewToken::claim).toList(),
            rows.get(0).createdAt());
    List<NewToken> fresh =
        rows.stream().filter(r -> r.claim() == null || isFresh(r, leaders, earlier)).toList();
    Map<UUID, ItemResult<Tokenized>> issued = issue(connection, fresh);
    settle(connection, fresh, issued);
    Map<UUID, TokenView> replayed =
        TokenStore.byId(
            connection,
            earlier.values().stream().map(e -> only(e.result()).token()).toList(),
            rows.get(0).createdAt());

    List<ItemResult<Tokenized>> results = new ArrayList<>();
    for (NewToken row : rows) {
      ItemResult<Tokenized> own = issued.get(row.id());
      results.add(own != null ? own : repeated(row, leaders, earlier, issued, replayed));
    }
    return results;
  }

  // Twins that arrive together: the first does the work, the others get its answer.
  private static Map<ByteBuffer, NewToken> leaders(List<NewToken> rows) {
    Map<ByteBuffer, NewToken> leaders = new HashMap<>();
    for (NewToken row : rows) {
      if (row.claim() != null) {
        leaders.putIfAbsent(key(row), row);
      }
    }
    return leaders;
  }

  private static boolean isFresh(
      NewToken row, Map<ByteBuffer, NewToken> leaders, Map<ByteBuffer, Earlier> earlier) {
    return leaders.get(key(row)) == row && !earlier.containsKey(key(row));
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
      Connection connection, List<NewToken> fresh, Map<UUID, ItemResult<Tokenized>> issued)
      throws SQLException {
    Map<IdempotencyClaim, Result> settled = new HashMap<>();
    List<IdempotencyClaim> released = new ArrayList<>();
    for (NewToken row : fresh) {
      IdempotencyClaim claim = row.claim();
      if (claim != null) {
        issued
            .get(row.id())
            .match(
                done -> settled.put(claim, new Result(List.of(itemOf(done)))),
                failed -> {
                  released.add(claim);
                  return null;
                });
      }
    }
    IdempotencyStore.settle(connection, settled);
    IdempotencyStore.release(connection, released);
  }

  private static ItemResult<Tokenized> repeated(
      NewToken row,
      Map<ByteBuffer, NewToken> leaders,
      Map<ByteBuffer, Earlier> earlier,
      Map<UUID, ItemResult<Tokenized>> issued,
      Map<UUID, TokenView> replayed) {
    Earlier before = earlier.get(key(row));
    NewToken leader = leaders.get(key(row));
    byte[] mac = before != null ? before.requestMac() : leader.claim().requestMac();
    if (!MessageDigest.isEqual(mac, row.claim().requestMac())) {
      return new ItemResult.Failed<>(ProblemException.of(ProblemCode.IDEMPOTENCY_MISMATCH));
    }
    if (before == null) {
      return issued.get(leader.id());
    }
    Item item = only(before.result());
    return new ItemResult.Done<>(
        new Tokenized(replayed.get(item.token()), item.deduplicated()));
  }

  private static Item only(Result result) {
    return result.items().get(0);
  }

  static Item itemOf(Tokenized done) {
    return new Item(done.token().id(), done.deduplicated(), null);
  }

  private static ByteBuffer key(NewToken row) {
    return ByteBuffer.wrap(row.claim().keyHash());
  }
}
