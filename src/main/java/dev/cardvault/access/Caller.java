package dev.cardvault.access;

import java.util.Set;

/**
 * Who makes a request: an authenticated client of one tenant, and where it calls from.
 *
 * @param tenant whose data it may touch
 * @param clientId its public id, {@code cli_...}
 * @param clientName its name, for people
 * @param credentialId which of its credentials it used
 * @param scopes what its access token allows; never more than its policy
 * @param policy the client's rules as they are now
 * @param sourceAddress the address the request came from, as text
 * @param requestId names this request in answers, logs and the audit log
 */
public record Caller(
    TenantId tenant,
    String clientId,
    String clientName,
    String credentialId,
    Set<Scope> scopes,
    ClientPolicy policy,
    String sourceAddress,
    String requestId) {

  public Caller {
    scopes = Set.copyOf(scopes);
  }
}
