package dev.cardvault.ops;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
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

  private static final String NO_ROUTE = "/OTHER";

  /** As in quarkus.micrometer.binder.http-server.ignore-patterns. */
  private static final String NOT_MEASURED = "/not-measured";

  private static final int BEFORE_ALL_OTHERS = 0;
  private static final int BEFORE_ANY_REFUSAL = 1100;

  private final Routes routes;
  private final Map<RuntimeResource, String> templates = new ConcurrentHashMap<>();

  RouteLabels(Routes routes) {
    this.routes = routes;
  }

  /**
   * Until a route is found, a request has no path of its own: micrometer keeps each label it was
   * ever given, before {@link BoundedLabels} sees it. A method that is none is not measured at all.
   */
  void register(@Observes Filters filters) {
    filters.register(RouteLabels::withholdPath, BEFORE_ANY_REFUSAL);
  }

  private static void withholdPath(RoutingContext routing) {
    Context context = Vertx.currentContext();
    if (context != null) {
      boolean known = BoundedLabels.METHODS.contains(routing.request().method().name());
      context.putLocal(TEMPLATE, known ? NO_ROUTE : NOT_MEASURED);
    }
    routing.next();
  }

  /** The template of the route that the request of this context took, if it took one. */
  static String routeOf(@Nullable Context request) {
    String template = request == null ? null : request.getLocal(TEMPLATE);
    return template == null || template.equals(NOT_MEASURED) ? NO_ROUTE : template;
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
