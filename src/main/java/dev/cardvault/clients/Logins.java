package dev.cardvault.clients;

import dev.cardvault.access.Scope;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditTrail;
import dev.cardvault.clients.LoginException.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Exchanges a client's secret for an access token (RFC 6749 4.4). */
@ApplicationScoped
public class Logins {

  private final ClientAuthentication authentication;
  private final AccessTokens tokens;
  private final AuditTrail trail;

  Logins(ClientAuthentication authentication, AccessTokens tokens, AuditTrail trail) {
    this.authentication = authentication;
    this.tokens = tokens;
    this.trail = trail;
  }

  /**
   * An access token, once the login is in the audit log. Never blocks.
   *
   * @param scope the scopes asked for, as RFC 6749 3.3 writes them; {@code null} for all the client
   *     has
   * @throws LoginException in the stage or at once, when the login is refused
   */
  public CompletionStage<IssuedToken> logIn(LoginAttempt attempt, @Nullable String scope) {
    return authentication
        .authenticated(attempt, client -> issue(attempt, client, scope))
        .thenCompose(login -> trail.record(login.event()).thenApply(committed -> login.token()));
  }

  private Login issue(LoginAttempt attempt, ClientState client, @Nullable String scope) {
    Set<Scope> held = client.policy().scopes();
    Set<Scope> wanted = scope == null ? held : parse(scope);
    if (!held.containsAll(wanted)) {
      throw LoginException.of(Reason.INVALID_SCOPE);
    }
    String credentialId = attempt.secret().credentialId();
    if (credentialId == null) {
      throw LoginException.of(Reason.INVALID_CLIENT);
    }
    AuditEvent event =
        AuditEvent.of(client.tenant(), Action.LOGIN)
            .client(client.id())
            .actor(client.name())
            .credential(credentialId)
            .source(attempt.source(), attempt.requestId())
            .granted();
    return new Login(tokens.issue(client, credentialId, wanted), event);
  }

  private static Set<Scope> parse(String scope) {
    Set<Scope> scopes = new HashSet<>();
    for (String code : scope.split(" ", -1)) {
      scopes.add(Scope.ofCode(code).orElseThrow(() -> LoginException.of(Reason.INVALID_SCOPE)));
    }
    return scopes;
  }

  private record Login(IssuedToken token, AuditEvent event) {}
}
