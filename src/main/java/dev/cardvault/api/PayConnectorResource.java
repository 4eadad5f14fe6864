package dev.cardvault.api;

import dev.cardvault.connectors.ConnectorKind;
import dev.cardvault.connectors.PayVendor;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.vault.Tokenized;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Where the pay verbs of Twilio, Telnyx and SignalWire hand over cards. */
@Path("/v1/adapters/pay-connector")
final class PayConnectorResource {

  private static final String WHY = "The platform shows its connector's secret";
  private static final int OK = 200;

  /** Twilio waits 10 seconds before it repeats a request; the last second is for the way back. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final CardIntake intake;

  PayConnectorResource(CardIntake intake) {
    this.intake = intake;
  }

  /** A token for the card in the body. */
  @POST
  @Path("/{connector}")
  @Public(WHY)
  @ForConnector(ConnectorKind.PAY_CONNECTOR)
  @TakesBody(BodyRules.Body.JSON)
  public CompletionStage<Response> take(@Context RoutingContext routing) {
    return answer(routing);
  }

  /** The same for SignalWire, whose connector's secret is part of the address. */
  @POST
  @Path("/{connector}/{secret}")
  @Public(WHY)
  @ForConnector(ConnectorKind.PAY_CONNECTOR)
  @TakesBody(BodyRules.Body.JSON)
  public CompletionStage<Response> takeBySecretPath(@Context RoutingContext routing) {
    return answer(routing);
  }

  private CompletionStage<Response> answer(RoutingContext routing) {
    Platform platform = Platform.of(routing);
    PayVendor vendor = Objects.requireNonNull(platform.connector().draft().vendor());
    PayRequest request;
    try (RequestBody body = BodyFilter.of(routing)) {
      request = PayRequest.read(body, platform.cards());
    } catch (ProblemException refused) {
      return Handing.answered(refused, told(vendor, PayAnswer::refused));
    }
    Function<ProblemException, PayAnswer> refusal =
        request.asksForCharge() ? PayAnswer::refusedCharge : PayAnswer::refused;
    return Handing.over(
        () -> token(platform, vendor, request),
        made -> response(OK, PayAnswer.of(made)),
        told(vendor, refusal));
  }

  private CompletionStage<Tokenized> token(
      Platform platform, PayVendor vendor, PayRequest request) {
    CardHandover card = request.checked(vendor, platform.connector().draft());
    return intake.take(platform, card, request.transaction(), PATIENCE);
  }

  private static Function<ProblemException, Response> told(
      PayVendor vendor, Function<ProblemException, PayAnswer> refusal) {
    return problem ->
        response(
            vendor.tellsFailureByStatus() ? problem.code().status() : OK, refusal.apply(problem));
  }

  private static Response response(int status, PayAnswer answer) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header("Cache-Control", "no-store")
        .entity(PlatformRefusal.json(answer))
        .build();
  }
}
