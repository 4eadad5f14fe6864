package dev.cardvault.api;

import dev.cardvault.problem.ProblemException;
import dev.cardvault.sessions.Captures;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/** Lets nobody upgrade to a WebSocket who may not watch what it shows. */
@Singleton
final class SocketDoor implements HttpUpgradeCheck {

  private static final int PATH_PARTS = 5;
  private static final int CAPTURE_PART = 3;

  private final Captures captures;

  SocketDoor(Captures captures) {
    this.captures = captures;
  }

  @Override
  public Uni<CheckResult> perform(HttpUpgradeContext context) {
    HttpServerRequest request = context.httpRequest();
    String[] parts = request.path().split("/", -1);
    try {
      captures.snapshot(
          parts.length == PATH_PARTS ? parts[CAPTURE_PART] : "",
          SocketSecret.of(
              request.getHeader("Authorization"),
              request.getHeader(SocketSecret.SUBPROTOCOL_HEADER)));
      return CheckResult.permitUpgrade();
    } catch (ProblemException refused) {
      return CheckResult.rejectUpgrade(refused.code().status());
    }
  }
}
