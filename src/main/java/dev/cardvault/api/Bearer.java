package dev.cardvault.api;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** The access token, or another secret, that a request shows (RFC 6750, 2.1). */
final class Bearer {

  private static final String SCHEME = "Bearer ";

  private Bearer() {}

  /**
   * What {@code request} shows: one header, one scheme, whatever its case.
   *
   * @throws ProblemException {@code missing-credential} or {@code invalid-credential}
   */
  static String of(HttpServerRequest request) {
    List<String> headers = request.headers().getAll("Authorization");
    if (headers.isEmpty()) {
      throw ProblemException.of(ProblemCode.MISSING_CREDENTIAL);
    }
    String header = headers.get(0);
    if (headers.size() > 1
        || header.length() <= SCHEME.length()
        || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw ProblemException.of(ProblemCode.INVALID_CREDENTIAL);
    }
    return header.substring(SCHEME.length());
  }
}
