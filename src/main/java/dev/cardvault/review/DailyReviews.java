package dev.cardvault.review;

import dev.cardvault.access.Caller;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.audit.Outcome;
import dev.cardvault.database.Ids;
import dev.cardvault.database.KeyedPage;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows each day's report and takes down who has looked at it; each look and each signature is an
 * event in the same transaction. Blocks: not for an event loop.
 */
@ApplicationScoped
public class DailyReviews {

  private final TenantDatabase database;
  private final AuditLog log;
  private final Ids ids;

  DailyReviews(TenantDatabase database, AuditLog log, Ids ids) {
    this.database = database;
    this.log = log;
    this.ids = ids;
  }

  /**
   * Reviews of days that are over, newest first.
   *
   * @param before where an earlier page ended
   * @param limit at most this many, 1 to 100
   */
  public KeyedPage<DailyReview, LocalDate> list(
      Caller caller, @Nullable LocalDate before, int limit) {
    return database.inTransaction(
        caller.tenant(),
        connection -> {
          log.note(connection, caller, Action.REVIEW_READ, null, Outcome.GRANTED);
          LocalDate end = before == null ? today() : before;
          List<DailyReview> found = ReviewStore.list(connection, end, limit + 1);
          return KeyedPage.of(found, limit, DailyReview::day);
        });
  }

  /**
   * The review of {@code day}; that of today is as far as it has got.
   *
   * @throws ProblemException {@code not-found} when there is none
   */
  public DailyReview find(Caller caller, LocalDate day) {
    return database
        .inTransaction(
            caller.tenant(),
            connection -> {
              Optional<DailyReview> review =
                  day.equals(today())
                      ? Optional.of(soFar(connection, day))
                      : ReviewStore.find(connection, day);
              log.note(
                  connection,
                  caller,
                  Action.REVIEW_READ,
                  day.toString(),
                  review.isPresent() ? Outcome.GRANTED : Outcome.NOT_FOUND);
              return review;
            })
        .orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND));
  }

  /**
   * Signs the review of a day that is over.
   *
   * @param reviewer the person's name, 1 to 100 characters
   * @param note what they noted, 1 to 1000 characters
   * @throws ProblemException {@code not-found}, or {@code state-conflict} when it is signed already
   */
  public DailyReview sign(Caller caller, LocalDate day, String reviewer, @Nullable String note) {
    return database
        .inTransaction(
            caller.tenant(),
            connection -> {
              boolean signed =
                  ReviewStore.sign(connection, day, ids.now(), caller.clientId(), reviewer, note);
              Optional<DailyReview> review = ReviewStore.find(connection, day);
              if (!signed && review.isPresent()) {
                throw ProblemException.of(
                    ProblemCode.STATE_CONFLICT, "The review is signed already");
              }
              log.note(
                  connection,
                  caller,
                  Action.REVIEW_ATTEST,
                  day.toString(),
                  signed ? Outcome.GRANTED : Outcome.NOT_FOUND);
              return review;
            })
        .orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND));
  }

  private DailyReview soFar(Connection connection, LocalDate day) throws SQLException {
    return new DailyReview(
        day, ReportQueries.of(connection, day), ids.now(), false, null, null, null, null);
  }

  private LocalDate today() {
    return LocalDate.ofInstant(ids.now(), ZoneOffset.UTC);
  }
}
