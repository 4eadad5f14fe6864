package dev.cardvault.api;

import dev.cardvault.connectors.ConnectorSecret;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a platform shows: a name and a secret (RFC 7617), or a secret alone (RFC 6750, or in the
 * address).
 *
 * @param username the name; {@code null} where there is no room for one
 * @param secret the secret
 */
record ShownSecret(@Nullable String username, ConnectorSecret secret) {

  private static final String BASIC = "Basic ";
  private static final String BEARER = "Bearer ";
  private static final int LONGEST = 512;

  /**
   * What the {@code Authorization} header says.
   *
   * @throws ProblemException {@code missing-credential} or {@code invalid-credential}
   */
  static ShownSecret of(HttpServerRequest request) {
    List<String> headers = request.headers().getAll("Authorization");
    if (headers.isEmpty()) {
      throw ProblemException.of(ProblemCode.MISSING_CREDENTIAL);
    }
    String header = headers.get(0);
    if (headers.size() > 1 || header.length() > LONGEST) {
      throw invalid();
    }
    if (begins(header, BEARER)) {
      return inPath(header.substring(BEARER.length()).strip());
    }
    if (!begins(header, BASIC)) {
      throw invalid();
    }
    return basic(header.substring(BASIC.length()).strip());
  }

  /** A secret without a name. */
  static ShownSecret inPath(String secret) {
    return new ShownSecret(null, ConnectorSecret.of(secret));
  }

  private static ShownSecret basic(String encoded) {
    try {
      String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      if (colon < 0) {
        throw invalid();
      }
      return new ShownSecret(
          text.substring(0, colon), ConnectorSecret.of(text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  private static boolean begins(String header, String scheme) {
    return header.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  private static ProblemException invalid() {
    return ProblemException.of(ProblemCode.INVALID_CREDENTIAL);
  }
}
