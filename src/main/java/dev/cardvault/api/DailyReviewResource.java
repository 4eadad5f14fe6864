package dev.cardvault.api;

import dev.cardvault.access.Scope;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.review.DailyReviews;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Shows what happened each day, and takes down who has looked at it. */
@Path("/v1/daily-reviews")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
final class DailyReviewResource {

  private final DailyReviews reviews;
  private final CurrentCaller caller;

  DailyReviewResource(DailyReviews reviews, CurrentCaller caller) {
    this.reviews = reviews;
    this.caller = caller;
  }

  /** Reviews of days that are over, newest first. */
  @GET
  @Needs(Scope.AUDIT_READ)
  public ReviewPageAnswer list(
      @RestQuery @Nullable String limit, @RestQuery @Nullable String cursor) {
    LocalDate before = cursor == null ? null : Query.after(cursor, LocalDate::parse);
    return ReviewPageAnswer.of(reviews.list(caller.get(), before, Query.limit(limit)));
  }

  /** The review of a day. */
  @GET
  @Path("/{date}")
  @Needs(Scope.AUDIT_READ)
  public ReviewAnswer find(@RestPath String date) {
    return ReviewAnswer.of(reviews.find(caller.get(), dayOf(date)));
  }

  /** Signs the review of a day that is over. */
  @POST
  @Path("/{date}/sign-off")
  @Needs(Scope.REVIEWS_ATTEST)
  public ReviewAnswer sign(@RestPath String date, SignOffFields by) {
    return ReviewAnswer.of(
        reviews.sign(caller.get(), dayOf(date), by.checkedReviewer(), by.checkedNote()));
  }

  private static LocalDate dayOf(String date) {
    try {
      return LocalDate.parse(date);
    } catch (DateTimeParseException e) {
      throw ProblemException.of(ProblemCode.NOT_FOUND);
    }
  }
}
