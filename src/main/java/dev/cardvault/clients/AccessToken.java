package dev.cardvault.clients;

import dev.cardvault.access.Scope;
import dev.cardvault.access.TenantId;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * What a verified access token says.
 *
 * @param id its {@code jti}
 * @param tenant the client's tenant
 * @param clientId whose it is
 * @param credentialId the credential it was given for
 * @param scopes what it allows; the client's policy may by now allow less
 * @param expiresAt when it ends
 */
record AccessToken(
    UUID id,
    TenantId tenant,
    String clientId,
    String credentialId,
    Set<Scope> scopes,
    Instant expiresAt) {}
