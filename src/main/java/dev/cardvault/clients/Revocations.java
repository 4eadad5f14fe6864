package dev.cardvault.clients;

import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.clients.LoginException.Reason;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;

/** Takes access tokens back before they expire (RFC 7009). */
@ApplicationScoped
public class Revocations {

  private final ClientAuthentication authentication;
  private final AccessTokens tokens;
  private final ClientStore store;
  private final ClientDirectory directory;

  Revocations(
      ClientAuthentication authentication,
      AccessTokens tokens,
      ClientStore store,
      ClientDirectory directory) {
    this.authentication = authentication;
    this.tokens = tokens;
    this.store = store;
    this.directory = directory;
  }

  /**
   * Takes {@code token} back on all nodes within five seconds; one that is no token of ours is as
   * good as taken back (RFC 7009 2.2). Never blocks.
   *
   * @throws LoginException in the stage or at once, when the client did not prove who it is or the
   *     token is another's
   */
  public CompletionStage<Void> revoke(LoginAttempt attempt, String token) {
    return authentication.authenticated(
        attempt,
        client -> {
          revoke(attempt, client, token);
          return null;
        });
  }

  private void revoke(LoginAttempt attempt, ClientState client, String text) {
    AccessToken token;
    try {
      token = tokens.verify(text);
    } catch (ProblemException problem) {
      if (problem.code() == ProblemCode.INVALID_CREDENTIAL) {
        return;
      }
      throw problem;
    }
    if (!token.clientId().equals(client.id())) {
      throw LoginException.of(Reason.NOT_ITS_TOKEN);
    }
    AuditEvent event =
        AuditEvent.of(client.tenant(), Action.CLIENT_REVOKE)
            .client(client.id())
            .actor(client.name())
            .credential(token.credentialId())
            .source(attempt.source(), attempt.requestId())
            .subject("access token " + token.id())
            .granted();
    Failures.told(
        () -> {
          store.revokeToken(client.tenant(), token.id(), token.expiresAt(), event);
          return client;
        });
    directory.refreshOrWarn();
  }
}
