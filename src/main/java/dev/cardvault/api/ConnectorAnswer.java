package dev.cardvault.api;

import dev.cardvault.connectors.Connector;
import dev.cardvault.connectors.ConnectorSecret;
import dev.cardvault.keys.InputKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connector, and what its platform's administrator enters there.
 *
 * @param id names it
 * @param object always {@code connector}
 * @param fields what it asks for, where it opens captures by itself
 * @param inputKeys the keys under which Amazon Connect encrypts
 * @param enter what to enter at the platform; with the secret where that was just made
 */
record ConnectorAnswer(
    String id,
    String object,
    String name,
    String kind,
    @Nullable String vendor,
    String profile,
    String mode,
    List<String> luhnExemptions,
    List<String> networks,
    @Nullable String answer,
    @Nullable Boolean keepsSecurityCode,
    @Nullable Boolean opensCaptures,
    @Nullable List<String> fields,
    @Nullable Map<String, String> prompts,
    List<Key> inputKeys,
    ConnectorSetup enter,
    Instant createdAt,
    String createdBy) {

  /**
   * A key under which Amazon Connect encrypts.
   *
   * @param id names it here
   * @param keyId how Amazon Connect names it
   * @param certificate its public half, to be pasted into the flow's block
   * @param publicKey the same without the certificate round it, to be uploaded
   */
  record Key(String id, String keyId, String certificate, String publicKey, Instant createdAt) {

    static Key of(InputKey key) {
      return new Key(
          ConnectorIds.KEY_PREFIX + key.id(),
          key.name(),
          key.certificate(),
          key.publicKey(),
          key.createdAt());
    }
  }

  static ConnectorAnswer of(Connector connector, ConnectorSites sites) {
    return of(connector, sites, null);
  }

  static ConnectorAnswer of(
      Connector connector, ConnectorSites sites, @Nullable ConnectorSecret secret) {
    ConnectorFields fields = ConnectorFields.of(connector.draft());
    return new ConnectorAnswer(
        connector.publicId(),
        "connector",
        connector.draft().name(),
        connector.draft().kind().code(),
        fields.vendor(),
        connector.draft().profile(),
        connector.draft().mode().code(),
        connector.draft().luhnExemptions().stream().sorted().toList(),
        connector.draft().networks().stream().map(n -> n.toString()).toList(),
        fields.answer(),
        fields.keepsSecurityCode(),
        fields.opensCaptures(),
        fields.fields() == null ? null : connector.draft().fields(),
        fields.prompts() == null ? null : connector.draft().prompts(),
        connector.inputKeys().stream().map(Key::of).toList(),
        ConnectorSetup.of(connector, sites, secret),
        connector.createdAt(),
        connector.createdBy());
  }

  @Override
  public String toString() {
    return "ConnectorAnswer[redacted]";
  }
}
