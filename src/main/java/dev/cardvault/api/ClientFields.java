package dev.cardvault.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cardvault.access.ClientPolicy;
import dev.cardvault.access.Network;
import dev.cardvault.access.Purpose;
import dev.cardvault.access.RevealLevel;
import dev.cardvault.access.Scope;
import dev.cardvault.clients.ClientDraft;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client as an administrator wants it.
 *
 * @param name its name
 * @param scopes what it may do
 * @param revealLevels how much of a card it may see
 * @param purposes the purposes it may state; none means any
 * @param networks where it may call from, in CIDR notation; none means anywhere
 * @param hours when it may call; absent means at any hour
 * @param requestsPerSecond its rate; absent or 0 means no limit
 * @param revealsPerDay its quota; absent or 0 means no limit
 */
record ClientFields(
    @Nullable String name,
    @Nullable List<String> scopes,
    @Nullable List<String> revealLevels,
    @Nullable List<String> purposes,
    @Nullable List<String> networks,
    @Nullable HoursFields hours,
    @Nullable Integer requestsPerSecond,
    @Nullable Integer revealsPerDay) {

  private static final int LONGEST_NAME = 100;

  static ClientFields of(ClientDraft draft) {
    ClientPolicy policy = draft.policy();
    return new ClientFields(
        draft.name(),
        codes(policy.scopes(), Scope::code),
        codes(policy.revealLevels(), RevealLevel::code),
        codes(policy.purposes(), Purpose::code),
        policy.networks().stream().map(Network::toString).toList(),
        HoursFields.of(policy.hours()),
        policy.requestsPerSecond(),
        policy.revealsPerDay());
  }

  /** These with {@code patch} applied (RFC 7396). */
  ClientFields patched(JsonNode patch) {
    if (!patch.isObject()) {
      throw BodyScan.malformed();
    }
    ObjectNode whole = Json.MAPPER.valueToTree(this);
    return JsonShape.fromTree(MergePatch.apply(whole, (ObjectNode) patch), ClientFields.class);
  }

  /** What they say, if it is possible. */
  ClientDraft checked() {
    return new ClientDraft(
        Fields.text(Fields.required(name, "/name"), "/name", LONGEST_NAME),
        new ClientPolicy(
            each(Fields.required(scopes, "/scopes"), "/scopes", Scope::ofCode),
            each(revealLevels, "/reveal_levels", RevealLevel::ofCode),
            each(purposes, "/purposes", Purpose::ofCode),
            List.copyOf(each(networks, "/networks", ClientFields::network)),
            hours == null ? null : hours.checked(),
            requestsPerSecond == null ? 0 : requestsPerSecond,
            revealsPerDay == null ? 0 : revealsPerDay));
  }

  private static Optional<Network> network(String cidr) {
    try {
      return Optional.of(Network.of(cidr));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static <T> Set<T> each(
      @Nullable List<String> values, String pointer, Function<String, Optional<T>> known) {
    Set<T> read = new LinkedHashSet<>();
    List<String> given = values == null ? List.of() : values;
    for (int i = 0; i < given.size(); i++) {
      String place = pointer + "/" + i;
      read.add(Fields.oneOf(Fields.required(given.get(i), place), place, known));
    }
    return read;
  }

  static <T> List<String> codes(Collection<T> values, Function<T, String> code) {
    return values.stream().map(code).sorted().toList();
  }
}
