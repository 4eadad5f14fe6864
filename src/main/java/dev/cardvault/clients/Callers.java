package dev.cardvault.clients;

import dev.cardvault.access.Caller;
import dev.cardvault.access.Decision;
import dev.cardvault.database.Ids;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** From an access token to a caller, as the client is now and not as it was at its login. */
@ApplicationScoped
public class Callers {

  private final AccessTokens tokens;
  private final ClientDirectory directory;
  private final RequestRates rates;
  private final Ids ids;

  Callers(AccessTokens tokens, ClientDirectory directory, RequestRates rates, Ids ids) {
    this.tokens = tokens;
    this.directory = directory;
    this.rates = rates;
    this.ids = ids;
  }

  /**
   * Who shows {@code bearer}, if it was verified before; {@code null} otherwise. Never blocks.
   *
   * @param source the address the request came from
   * @param requestId what the request is called in logs
   * @throws ProblemException {@code key-server-sealed}, or {@code database-unavailable} when the
   *     node has not heard of its clients for too long
   */
  public @Nullable Admission recall(String bearer, String source, String requestId) {
    AccessToken token = tokens.recall(bearer);
    ClientState client = token == null ? null : directory.find(token.clientId());
    return token == null || client == null ? null : admission(token, client, source, requestId);
  }

  /**
   * Who shows {@code bearer}, verifying it. Blocks: not for an event loop.
   *
   * @throws ProblemException {@code invalid-credential}, or as {@link #recall} does
   */
  public Admission admit(String bearer, String source, String requestId) {
    AccessToken token = tokens.verify(bearer);
    ClientState client = directory.findOrRead(token.clientId());
    if (client == null || !client.tenant().equals(token.tenant())) {
      throw ProblemException.of(ProblemCode.INVALID_CREDENTIAL);
    }
    return admission(token, client, source, requestId);
  }

  private Admission admission(
      AccessToken token, ClientState client, String source, String requestId) {
    Instant now = ids.now();
    Caller caller =
        new Caller(
            client.tenant(),
            client.id(),
            client.name(),
            token.credentialId(),
            token.scopes(),
            client.policy(),
            source,
            requestId);
    return new Admission(caller, standing(token, client, now), now);
  }

  private Decision standing(AccessToken token, ClientState client, Instant now) {
    if (tokens.hasExpired(token, now)) {
      return Decision.denied(ProblemCode.EXPIRED_CREDENTIAL);
    }
    if (directory.isRevoked(token) || !client.honours(token.credentialId(), now)) {
      return Decision.denied(ProblemCode.INVALID_CREDENTIAL);
    }
    if (directory.isSuspended(client)) {
      return Decision.denied(ProblemCode.CLIENT_SUSPENDED);
    }
    return rates.admits(client) ? Decision.ALLOWED : Decision.denied(ProblemCode.RATE_LIMITED);
  }
}
