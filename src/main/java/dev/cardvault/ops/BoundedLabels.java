package dev.cardvault.ops;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Keeps what a client chose freely out of metric labels: a path may hold a token, and both paths
 * and methods (RFC 9110, 9.1: any word) would make series without end.
 */
final class BoundedLabels implements MeterFilter {

  private static final String METHOD = "method";
  static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private static final String PATH = "uri";
  private static final Set<String> NO_PATHS = Set.of("NOT_FOUND", "REDIRECTION", "root", "UNKNOWN");

  private static final String OTHER = "OTHER";

  private final Routes routes;

  private BoundedLabels(Routes routes) {
    this.routes = routes;
  }

  @Produces
  @Singleton
  static MeterFilter boundedLabels(Routes routes) {
    return new BoundedLabels(routes);
  }

  @Override
  public Meter.Id map(Meter.Id id) {
    if (!id.getName().startsWith("http.server")) {
      return id;
    }
    return id.replaceTags(Tags.of(id.getTags().stream().map(this::bounded).toList()));
  }

  /** A method of HTTP, or a word for all others. */
  static String method(String name) {
    return METHODS.contains(name) ? name : OTHER;
  }

  private Tag bounded(Tag tag) {
    return switch (tag.getKey()) {
      case METHOD -> Tag.of(METHOD, method(tag.getValue()));
      case PATH ->
          NO_PATHS.contains(tag.getValue()) || routes.has(tag.getValue())
              ? tag
              : Tag.of(PATH, OTHER);
      default -> tag;
    };
  }
}
