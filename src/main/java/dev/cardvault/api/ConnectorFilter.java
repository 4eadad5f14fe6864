package dev.cardvault.api;

import dev.cardvault.access.Caller;
import dev.cardvault.connectors.Connector;
import dev.cardvault.connectors.ConnectorDirectory;
import dev.cardvault.connectors.ConnectorKind;
import dev.cardvault.connectors.ConnectorLogin;
import dev.cardvault.connectors.PayVendor;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Lets no platform hand over a card but one that shows a connector's secret. It runs on the event
 * loop, before any body is read, and waits for nothing once a secret has been seen.
 */
@Singleton
final class ConnectorFilter {

  /** What the audit log is told of; anything else may be a slip of the network. */
  private static final Set<ProblemCode> NOTED =
      Set.of(
          ProblemCode.MISSING_CREDENTIAL,
          ProblemCode.INVALID_CREDENTIAL,
          ProblemCode.NETWORK_DENIED,
          ProblemCode.RATE_LIMITED);

  private final ConnectorDirectory directory;
  private final ConnectorLogin login;
  private final Refusals refusals;

  ConnectorFilter(ConnectorDirectory directory, ConnectorLogin login, Refusals refusals) {
    this.directory = directory;
    this.login = login;
    this.refusals = refusals;
  }

  /** Tells which platform calls, or fails with why it may not. */
  @ServerRequestFilter(nonBlocking = true, priority = Priorities.AUTHENTICATION)
  public @Nullable Uni<Void> admit(ResourceInfo resource, UriInfo uri, RoutingContext routing) {
    ForConnector wanted = resource.getResourceMethod().getAnnotation(ForConnector.class);
    if (wanted == null) {
      return null;
    }
    String inPath = uri.getPathParameters().getFirst("secret");
    CompletionStage<Void> admitted =
        ConnectorIds.find(directory, uri.getPathParameters().getFirst("connector"))
            .thenCompose(found -> admit(wanted.value(), found, inPath, routing));
    // Unlike a plain stage, this hands on a failure without a wrapper round it.
    return Uni.createFrom().completionStage(() -> admitted);
  }

  private CompletionStage<Void> admit(
      ConnectorKind kind,
      Optional<Connector> found,
      @Nullable String inPath,
      RoutingContext routing) {
    Connector connector =
        found
            .filter(candidate -> candidate.draft().kind() == kind)
            .filter(candidate -> inPath == null || takesSecretInPath(candidate))
            .orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND));
    Caller caller = connector.caller(SourceAddress.of(routing.request()), RequestIds.of(routing));
    return proved(connector, inPath, routing)
        .thenAccept(proved -> new Platform(connector, caller).enter(routing))
        .exceptionallyCompose(failure -> noted(caller, failure));
  }

  private CompletionStage<Void> proved(
      Connector connector, @Nullable String inPath, RoutingContext routing) {
    try {
      ShownSecret shown =
          inPath == null ? ShownSecret.of(routing.request()) : ShownSecret.inPath(inPath);
      return login.prove(
          connector, shown.username(), shown.secret(), SourceAddress.of(routing.request()));
    } catch (ProblemException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private CompletionStage<Void> noted(Caller caller, Throwable failure) {
    ProblemException problem = ProblemException.from(failure);
    if (NOTED.contains(problem.code())) {
      refusals.note(caller, problem.code());
    }
    return CompletableFuture.failedFuture(problem);
  }

  /** SignalWire documents no way to authenticate, so its secret may be part of the address. */
  private static boolean takesSecretInPath(Connector connector) {
    return connector.draft().vendor() == PayVendor.SIGNALWIRE;
  }
}
