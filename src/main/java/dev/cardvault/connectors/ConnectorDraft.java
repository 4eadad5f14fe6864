package dev.cardvault.connectors;

import dev.cardvault.access.Network;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connector as an administrator wants it.
 *
 * @param name its name within the tenant
 * @param kind which tongue the platform speaks
 * @param vendor whose pay connector it is; {@code null} for the other kinds
 * @param profile the token profile under which cards get tokens
 * @param mode whose cards come in
 * @param luhnExemptions test numbers that are taken although their check digit is wrong, so that
 *     none of them is a card number
 * @param networks where requests may come from; empty means anywhere
 * @param answer what the platform behind a form reads; {@code null} for the other kinds
 * @param keepsCode whether security codes that come with cards wait for their one use, rather than
 *     being dropped on arrival
 * @param opensCaptures whether the connector's own secret opens a capture (FastAGI)
 * @param fields what such a capture asks for, in this order
 * @param prompts which sound file is played when, by name (FastAGI)
 */
public record ConnectorDraft(
    String name,
    ConnectorKind kind,
    @Nullable PayVendor vendor,
    String profile,
    ConnectorMode mode,
    Set<String> luhnExemptions,
    List<Network> networks,
    @Nullable FormAnswer answer,
    boolean keepsCode,
    boolean opensCaptures,
    List<String> fields,
    Map<String, String> prompts) {

  public ConnectorDraft {
    luhnExemptions = Set.copyOf(luhnExemptions);
    networks = List.copyOf(networks);
    fields = List.copyOf(fields);
    prompts = Map.copyOf(prompts);
  }
}
