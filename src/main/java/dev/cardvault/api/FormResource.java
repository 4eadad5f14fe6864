package dev.cardvault.api;

import dev.cardvault.connectors.ConnectorDraft;
import dev.cardvault.connectors.ConnectorKind;
import dev.cardvault.connectors.FormAnswer;
import dev.cardvault.vault.Tokenized;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** Where VoiceXML browsers and FreeSWITCH's mod_httapi submit what a caller keyed. */
@Path("/v1/adapters/form")
final class FormResource {

  /** A caller is waiting in silence. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final CardIntake intake;

  FormResource(CardIntake intake) {
    this.intake = intake;
  }

  /**
   * A token for the card in the form. A refusal is an answer too: with any other status the
   * caller's dialog would end in {@code error.badfetch}.
   */
  @POST
  @Path("/{connector}")
  @Public("The platform shows its connector's secret")
  @ForConnector(ConnectorKind.FORM)
  @TakesBody(BodyRules.Body.FORM)
  public CompletionStage<Response> take(@Context RoutingContext routing) {
    Platform platform = Platform.of(routing);
    ConnectorDraft draft = platform.connector().draft();
    FormAnswer kind = Objects.requireNonNull(draft.answer());
    return Handing.over(
        () -> token(platform, routing),
        made -> response(kind, XmlAnswer.completed(made)),
        problem -> response(kind, XmlAnswer.refused(problem)));
  }

  private CompletionStage<Tokenized> token(Platform platform, RoutingContext routing) {
    try (RequestBody body = BodyFilter.of(routing)) {
      FormCard card = FormCard.read(body, platform.cards());
      CardHandover handover = card.checked(platform.connector().draft());
      return intake.take(platform, handover, card.transaction(), PATIENCE);
    }
  }

  private static Response response(FormAnswer kind, Map<String, String> answer) {
    return Response.ok(XmlAnswer.of(kind, answer).getBytes(StandardCharsets.UTF_8))
        .header("Content-Type", XmlAnswer.mediaType(kind))
        .header("Cache-Control", "no-store")
        .build();
  }
}
