package dev.cardvault.connectors;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a connector's secrets: hashes (Argon2id).
 *
 * @param current of the secret in force
 * @param former of the one it replaced; {@code null} when there is none
 * @param formerUntil how long that is still good
 */
public record ConnectorSecrets(
    String current, @Nullable String former, @Nullable Instant formerUntil) {

  /** The hashes against which a secret is checked at {@code now}. */
  List<String> goodAt(Instant now) {
    boolean formerIsGood = formerUntil != null && now.isBefore(formerUntil);
    return Stream.of(current, formerIsGood ? former : null)
        .flatMap(hash -> Stream.ofNullable(hash))
        .toList();
  }

  @Override
  public String toString() {
    return "ConnectorSecrets[redacted]";
  }
}
