package dev.cardvault.ops;

import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The templates of the paths that were asked for and exist, like {@code /v1/tokens/{token}}. */
@Singleton
final class Routes {

  private final Set<String> templates = ConcurrentHashMap.newKeySet();

  /** Remembers one; there are no more of them than resource methods. */
  void add(String template) {
    templates.add(template);
  }

  boolean has(String path) {
    return templates.contains(path);
  }
}
