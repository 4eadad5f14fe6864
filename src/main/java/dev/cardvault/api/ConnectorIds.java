package dev.cardvault.api;

import dev.cardvault.connectors.Connector;
import dev.cardvault.connectors.ConnectorDirectory;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ids of connectors and their keys, as addresses have them. */
final class ConnectorIds {

  static final String KEY_PREFIX = "ikey_";

  private static final Pattern ID =
      Pattern.compile("(con_|ikey_)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

  private ConnectorIds() {}

  /** The connector of that id; none when it cannot be one. */
  static CompletionStage<Optional<Connector>> find(
      ConnectorDirectory directory, @Nullable String id) {
    Optional<UUID> known = id == null ? Optional.empty() : read(id, Connector.PREFIX);
    return known.isEmpty()
        ? CompletableFuture.completedFuture(Optional.empty())
        : directory.find(known.get());
  }

  /**
   * The id of a connector.
   *
   * @throws ProblemException {@code not-found} when it cannot be one
   */
  static UUID connector(String id) {
    return read(id, Connector.PREFIX).orElseThrow(ConnectorIds::notFound);
  }

  /** The id of a key; fails like {@link #connector}. */
  static UUID key(String id) {
    return read(id, KEY_PREFIX).orElseThrow(ConnectorIds::notFound);
  }

  private static Optional<UUID> read(String id, String prefix) {
    Matcher parts = ID.matcher(id);
    return parts.matches() && parts.group(1).equals(prefix)
        ? Optional.of(UUID.fromString(parts.group(2)))
        : Optional.empty();
  }

  private static ProblemException notFound() {
    return ProblemException.of(ProblemCode.NOT_FOUND);
  }
}
