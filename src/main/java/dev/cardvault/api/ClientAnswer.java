package dev.cardvault.api;

import dev.cardvault.clients.Client;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client, without any secret. */
record ClientAnswer(
    String id,
    String object,
    String name,
    String status,
    @Nullable String statusReason,
    List<String> scopes,
    List<String> revealLevels,
    List<String> purposes,
    List<String> networks,
    @Nullable HoursFields hours,
    int requestsPerSecond,
    int revealsPerDay,
    List<CredentialAnswer> credentials,
    Instant createdAt,
    String createdBy) {

  static ClientAnswer of(Client client, Instant now) {
    var policy = client.policy();
    return new ClientAnswer(
        client.id(),
        "client",
        client.name(),
        client.suspended() ? "suspended" : "active",
        client.statusReason(),
        ClientFields.codes(policy.scopes(), s -> s.code()),
        ClientFields.codes(policy.revealLevels(), l -> l.code()),
        ClientFields.codes(policy.purposes(), p -> p.code()),
        policy.networks().stream().map(n -> n.toString()).toList(),
        HoursFields.of(policy.hours()),
        policy.requestsPerSecond(),
        policy.revealsPerDay(),
        client.credentials().stream().map(c -> CredentialAnswer.of(c, now)).toList(),
        client.createdAt(),
        client.createdBy());
  }
}
