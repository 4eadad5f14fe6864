package dev.cardvault.vault;

import dev.cardvault.access.TenantId;
import dev.cardvault.database.GroupTransaction;
import dev.cardvault.database.SqlFailures;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.vault.BulkIssue.Bulk;
import dev.cardvault.vault.IdempotencyStore.Earlier;
import dev.cardvault.vault.IdempotencyStore.Result;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Issues the tokens of one bulk call in a transaction of its own. */
final class BulkIssue extends GroupTransaction<Bulk, List<ItemResult<Tokenized>>> {

  private final TokenIssue issue;

  BulkIssue(TokenIssue issue) {
    this.issue = issue;
  }

  @Override
  protected List<List<ItemResult<Tokenized>>> inTransaction(
      Connection connection, TenantId tenant, List<Bulk> bulks) throws SQLException {
    List<List<ItemResult<Tokenized>>> results = new ArrayList<>();
    for (Bulk bulk : bulks) {
      results.add(one(connection, bulk));
    }
    return results;
  }

  @Override
  protected ProblemException failureOf(SQLException failure) {
    return IdempotencyStore.problemOf(failure);
  }

  private List<ItemResult<Tokenized>> one(Connection connection, Bulk bulk) throws SQLException {
    IdempotencyClaim claim = bulk.claim();
    if (claim != null) {
      var earlier = IdempotencyStore.claim(connection, List.of(claim), bulk.at()).values();
      if (!earlier.isEmpty()) {
        return replay(connection, earlier.iterator().next(), claim, bulk.at());
      }
    }
    List<ItemResult<Tokenized>> results = issueAll(connection, bulk);
    if (bulk.mode() == BatchMode.ATOMIC) {
      for (ItemResult<Tokenized> result : results) {
        result.match(
            done -> done,
            failed -> {
              throw failed;
            });
      }
    }
    if (claim != null) {
      IdempotencyStore.settle(
          connection,
          Map.of(claim, new Result(results.stream().map(SingleIssue::itemOf).toList())));
    }
    return results;
  }

  private List<ItemResult<Tokenized>> issueAll(Connection connection, Bulk bulk)
      throws SQLException {
    List<NewToken> rows = bulk.items().stream().flatMap(BulkIssue::rowOf).toList();
    List<ItemResult<Tokenized>> issued = issueRows(connection, rows, bulk.mode());
    List<ItemResult<Tokenized>> results = new ArrayList<>();
    int next = 0;
    for (ItemResult<NewToken> item : bulk.items()) {
      ProblemException refused = item.match(row -> null, problem -> problem);
      results.add(refused != null ? new ItemResult.Failed<>(refused) : issued.get(next++));
    }
    return results;
  }

  // Where one row's data fails the statement, the rows are tried one by one.
  private List<ItemResult<Tokenized>> issueRows(
      Connection connection, List<NewToken> rows, BatchMode mode) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      return issue.all(connection, rows);
    } catch (SQLException failed) {
      if (mode == BatchMode.ATOMIC || !SqlFailures.isOfOneRow(failed)) {
        throw failed;
      }
      connection.rollback(before);
    }
    List<ItemResult<Tokenized>> results = new ArrayList<>();
    for (NewToken row : rows) {
      Savepoint beforeRow = connection.setSavepoint();
      try {
        results.addAll(issue.all(connection, List.of(row)));
      } catch (SQLException failed) {
        if (!SqlFailures.isOfOneRow(failed)) {
          throw failed;
        }
        connection.rollback(beforeRow);
        results.add(new ItemResult.Failed<>(SqlFailures.problemOf(failed)));
      }
    }
    return results;
  }

  private static List<ItemResult<Tokenized>> replay(
      Connection connection, Earlier earlier, IdempotencyClaim claim, Instant now)
      throws SQLException {
    if (!MessageDigest.isEqual(earlier.requestMac(), claim.requestMac())) {
      throw ProblemException.of(ProblemCode.IDEMPOTENCY_MISMATCH);
    }
    return earlier.result().replay(connection, now);
  }

  private static Stream<NewToken> rowOf(ItemResult<NewToken> item) {
    return item.match(Stream::of, problem -> Stream.empty());
  }

  /**
   * A bulk call.
   *
   * @param mode what to do about an item that cannot be done
   * @param items what is to be stored, or why it cannot be
   * @param claim the call's idempotency key, where it has one
   * @param at when it came
   */
  record Bulk(
      BatchMode mode,
      List<ItemResult<NewToken>> items,
      @Nullable IdempotencyClaim claim,
      Instant at) {}
}
