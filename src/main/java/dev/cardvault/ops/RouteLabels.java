package dev.cardvault.ops;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.mapping.URITemplate;
import org.jspecify.annotations.Nullable;

/**
 * Tells the metrics which route a request took, before any filter can refuse it. Quarkus itself
 * does so only where the resource is reached, and labels what was refused with the path as it was
 * sent, tokens included.
 */
@Singleton
class RouteLabels {

  /** Where quarkus-micrometer looks for it. */
  private static final String TEMPLATE = "UrlPathTemplate";

  private static final int BEFORE_ALL_OTHERS = 0;

  private final Routes routes;
  private final Map<RuntimeResource, String> templates = new ConcurrentHashMap<>();

  RouteLabels(Routes routes) {
    this.routes = routes;
  }

  @ServerRequestFilter(priority = BEFORE_ALL_OTHERS, nonBlocking = true)
  void label() {
    Context context = Vertx.currentContext();
    RuntimeResource resource = CurrentRequestManager.get().getTarget();
    if (context != null && resource != null) {
      context.putLocal(TEMPLATE, templates.computeIfAbsent(resource, this::newTemplate));
    }
  }

  private String newTemplate(RuntimeResource resource) {
    String template = template(resource);
    routes.add(template);
    return template;
  }

  private static String template(RuntimeResource resource) {
    String whole = "/" + text(resource.getClassPath()) + "/" + text(resource.getPath());
    String tidy = whole.replaceAll("/{2,}", "/");
    return tidy.length() > 1 && tidy.endsWith("/") ? tidy.substring(0, tidy.length() - 1) : tidy;
  }

  private static String text(@Nullable URITemplate part) {
    return part == null ? "" : part.template;
  }
}
