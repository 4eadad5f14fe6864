package dev.cardvault.api;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.sessions.Power;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The secret that the handshake of a WebSocket shows: in {@code Authorization}, or, since pages can
 * set no header there, as a second subprotocol beside {@code cardvault}. Never in the address.
 */
final class SocketSecret {

  static final String SUBPROTOCOL_HEADER = "Sec-WebSocket-Protocol";

  private static final String SCHEME = "Bearer ";

  private SocketSecret() {}

  /**
   * The secret.
   *
   * @throws ProblemException {@code missing-credential}
   */
  static String of(@Nullable String authorization, @Nullable String subprotocols) {
    if (authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return authorization.substring(SCHEME.length());
    }
    String offered = subprotocols == null ? "" : subprotocols;
    return Stream.of(offered.split(",", -1))
        .map(String::trim)
        .filter(name -> Power.claimedBy(name).isPresent())
        .findFirst()
        .orElseThrow(() -> ProblemException.of(ProblemCode.MISSING_CREDENTIAL));
  }
}
