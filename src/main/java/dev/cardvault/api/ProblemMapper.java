package dev.cardvault.api;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever fails into a problem; what is nobody's fault but ours is logged once. */
@Singleton
final class ProblemMapper {

  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

  /** A problem, as it is. */
  @ServerExceptionMapper
  public Response problem(ProblemException problem, RoutingContext routing) {
    return answer(problem, routing);
  }

  /** An unknown path. */
  @ServerExceptionMapper
  public Response notFound(NotFoundException notFound, RoutingContext routing) {
    return answer(ProblemException.of(ProblemCode.NOT_FOUND), routing);
  }

  /** What RESTEasy refuses by itself. */
  @ServerExceptionMapper
  public Response refused(WebApplicationException refused, RoutingContext routing) {
    return answer(problemOf(refused.getResponse().getStatus(), refused), routing);
  }

  /** Anything else. */
  @ServerExceptionMapper
  public Response unexpected(Throwable failure, RoutingContext routing) {
    return answer(problemOf(failure), routing);
  }

  /** The problem that stands for {@code failure}. */
  static ProblemException problemOf(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof ProblemException problem) {
      return problem;
    }
    return cause instanceof WebApplicationException refused
        ? problemOf(refused.getResponse().getStatus(), refused)
        : ProblemException.of(ProblemCode.INTERNAL, cause);
  }

  /** The problem for a status that the HTTP layers chose. */
  static ProblemException problemOf(int status, Throwable cause) {
    return switch (status) {
      case 401 -> ProblemException.of(ProblemCode.INVALID_CREDENTIAL);
      case 403 -> ProblemException.of(ProblemCode.SCOPE_MISSING);
      case 404 -> ProblemException.of(ProblemCode.NOT_FOUND);
      case 405 -> ProblemException.of(ProblemCode.METHOD_NOT_ALLOWED);
      case 406 -> ProblemException.of(ProblemCode.NOT_ACCEPTABLE);
      case 413 -> ProblemException.of(ProblemCode.BODY_TOO_LARGE);
      case 415 -> ProblemException.of(ProblemCode.MEDIA_TYPE);
      default ->
          status >= 400 && status < 500
              ? ProblemException.of(ProblemCode.MALFORMED_REQUEST)
              : ProblemException.of(ProblemCode.INTERNAL, cause);
    };
  }

  private static Response answer(ProblemException problem, RoutingContext routing) {
    log(problem);
    Response.ResponseBuilder response =
        Response.status(problem.code().status()).entity(ProblemAnswer.body(problem, routing));
    ProblemAnswer.headers(problem, routing).forEach(response::header);
    return response.build();
  }

  /** The stack, which names places in our code; never the cause's message, which may quote. */
  static void log(ProblemException problem) {
    Throwable cause = problem.getCause();
    if (problem.code() == ProblemCode.INTERNAL) {
      LOG.errorf("A request failed unexpectedly: %s", cause == null ? "no cause" : Trace.of(cause));
    } else if (problem.code().status() == 503 && cause != null) {
      LOG.warnf(
          "A request could not be served: %s: %s",
          problem.code().code(), cause.getClass().getName());
    }
  }
}
