package dev.cardvault.api;

import dev.cardvault.card.CardExpiry;
import dev.cardvault.connectors.Connector;
import dev.cardvault.connectors.ConnectorKind;
import dev.cardvault.keys.InputKeys;
import dev.cardvault.vault.Tokenized;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a contact flow of Amazon Connect hands over what a caller keyed. */
@Path("/v1/adapters/amazon-connect")
final class AmazonConnectResource {

  /** Connect waits 8 seconds before it repeats a call. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private final InputKeys inputKeys;
  private final CardIntake intake;

  AmazonConnectResource(InputKeys inputKeys, CardIntake intake) {
    this.inputKeys = inputKeys;
    this.intake = intake;
  }

  /** A token for the card that was keyed on the contact. */
  @POST
  @Path("/{connector}")
  @Public("The customer's Lambda function shows its connector's secret")
  @ForConnector(ConnectorKind.AMAZON_CONNECT)
  @TakesBody(BodyRules.Body.JSON)
  public CompletionStage<Response> take(@Context RoutingContext routing) {
    Platform platform = Platform.of(routing);
    return Handing.over(
        () -> {
          try (RequestBody body = BodyFilter.of(routing)) {
            return token(platform, ConnectEvent.read(body));
          }
        },
        made -> response(ConnectAnswer.of(made)),
        problem -> response(ConnectAnswer.of(problem)));
  }

  private CompletionStage<Tokenized> token(Platform platform, ConnectEvent event) {
    String contact = event.contactId();
    String transaction = event.transaction();
    Connector connector = platform.connector();
    byte[] encryptedCode = event.encryptedCode(connector.draft().keepsCode());
    byte[] number = event.cardNumber();
    return expiry(connector, event)
        .thenCompose(
            expiry ->
                code(connector, encryptedCode)
                    .thenCompose(code -> card(platform, number, expiry, code, contact)))
        .thenCompose(card -> intake.take(platform, card, transaction, PATIENCE));
  }

  /** The card, once its number is decrypted; the code is wiped where that fails. */
  private CompletionStage<CardHandover> card(
      Platform platform,
      byte[] number,
      @Nullable CardExpiry expiry,
      @Nullable KeyedCode code,
      String contact) {
    Connector connector = platform.connector();
    return decrypted(connector, number, digits -> platform.cards().read(digits, 0, digits.length))
        .whenComplete(
            (pan, failure) -> {
              if (failure != null && code != null) {
                code.close();
              }
            })
        .thenApply(pan -> CardHandover.of(connector.draft(), pan, expiry, code, contact));
  }

  private CompletionStage<@Nullable KeyedCode> code(
      Connector connector, byte @Nullable [] encrypted) {
    return encrypted == null
        ? CompletableFuture.completedFuture(null)
        : decrypted(connector, encrypted, digits -> new KeyedCode(digits.clone()));
  }

  private CompletionStage<@Nullable CardExpiry> expiry(Connector connector, ConnectEvent event) {
    String plain = event.plainExpiry();
    byte[] encrypted = event.encryptedExpiry();
    if (encrypted != null) {
      return decrypted(connector, encrypted, keyed -> KeyedExpiry.keyed(keyed, 0, keyed.length));
    }
    byte[] digits = plain == null ? null : plain.getBytes(StandardCharsets.US_ASCII);
    return CompletableFuture.completedFuture(
        digits == null ? null : KeyedExpiry.keyed(digits, 0, digits.length));
  }

  /** What {@code reading} makes of the digits, which are gone after. */
  private <T> CompletionStage<T> decrypted(
      Connector connector, byte[] message, Function<byte[], T> reading) {
    return inputKeys
        .decrypt(connector.tenant(), connector.inputKeys(), message)
        .thenApply(
            digits -> {
              try {
                return reading.apply(digits);
              } finally {
                Arrays.fill(digits, (byte) 0);
              }
            });
  }

  private static Response response(ConnectAnswer answer) {
    return Response.ok(PlatformRefusal.json(answer), MediaType.APPLICATION_JSON_TYPE)
        .header("Cache-Control", "no-store")
        .build();
  }
}
