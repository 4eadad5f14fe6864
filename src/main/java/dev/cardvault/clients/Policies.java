package dev.cardvault.clients;

import dev.cardvault.access.ClientPolicy;
import dev.cardvault.access.Hours;
import dev.cardvault.access.Network;
import dev.cardvault.access.Purpose;
import dev.cardvault.access.RevealLevel;
import dev.cardvault.access.Scope;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A client's policy as columns, and back. */
final class Policies {

  private Policies() {}

  /**
   * The policy that {@code row} holds.
   *
   * @throws IllegalArgumentException when it holds a code this version does not know: what a newer
   *     one meant by it must not be guessed
   */
  static ClientPolicy read(ClientRow row) {
    Hours hours =
        row.hoursFrom == null || row.hoursTo == null || row.hoursZone == null
            ? null
            : new Hours(row.hoursFrom, row.hoursTo, ZoneId.of(row.hoursZone));
    return new ClientPolicy(
        known(row.scopes, Scope::ofCode).collect(Collectors.toUnmodifiableSet()),
        known(row.revealLevels, RevealLevel::ofCode).collect(Collectors.toUnmodifiableSet()),
        known(row.purposes, Purpose::ofCode).collect(Collectors.toUnmodifiableSet()),
        Arrays.stream(row.networks).map(Network::of).toList(),
        hours,
        row.requestsPerSecond,
        row.revealsPerDay);
  }

  /** Puts {@code policy} into {@code row}. */
  static void write(ClientPolicy policy, ClientRow row) {
    row.scopes = codes(policy.scopes(), Scope::code);
    row.revealLevels = codes(policy.revealLevels(), RevealLevel::code);
    row.purposes = codes(policy.purposes(), Purpose::code);
    row.networks = policy.networks().stream().map(Network::toString).toArray(String[]::new);
    Hours hours = policy.hours();
    row.hoursFrom = hours == null ? null : hours.from();
    row.hoursTo = hours == null ? null : hours.to();
    row.hoursZone = hours == null ? null : hours.zone().getId();
    row.requestsPerSecond = policy.requestsPerSecond();
    row.revealsPerDay = policy.revealsPerDay();
  }

  private static <T> Stream<T> known(String[] codes, Function<String, Optional<T>> ofCode) {
    return List.of(codes).stream()
        .map(code -> ofCode.apply(code).orElseThrow(IllegalArgumentException::new));
  }

  private static <T> String[] codes(Collection<T> values, Function<T, String> code) {
    return values.stream().map(code).sorted().toArray(String[]::new);
  }
}
