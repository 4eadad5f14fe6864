package dev.cardvault.connectors;

import dev.cardvault.access.Caller;
import dev.cardvault.access.ClientPolicy;
import dev.cardvault.access.Scope;
import dev.cardvault.access.TenantId;
import dev.cardvault.keys.InputKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * One telephony platform of one tenant.
 *
 * @param draft what was wished for
 * @param username the name it shows beside its secret
 * @param secrets the hashes of its secrets
 * @param inputKeys the keys under which Amazon Connect encrypts, newest first; at most two
 * @param createdBy the client that made it
 */
public record Connector(
    UUID id,
    TenantId tenant,
    ConnectorDraft draft,
    String username,
    ConnectorSecrets secrets,
    List<InputKey> inputKeys,
    Instant createdAt,
    String createdBy) {

  /** What its public id begins with. */
  public static final String PREFIX = "con_";

  private static final Set<Scope> SCOPES = Set.of(Scope.TOKENS_CREATE, Scope.CAPTURES_CONTROL);
  private static final ClientPolicy POLICY =
      new ClientPolicy(SCOPES, Set.of(), Set.of(), List.of(), null, 0, 0);

  public Connector {
    inputKeys = List.copyOf(inputKeys);
  }

  /** Its public id, {@code con_...}. */
  public String publicId() {
    return PREFIX + id;
  }

  /** Who asks when it hands over a card: it makes tokens and does nothing else. */
  public Caller caller(String sourceAddress, String requestId) {
    return new Caller(
        tenant, publicId(), draft.name(), publicId(), SCOPES, POLICY, sourceAddress, requestId);
  }
}
