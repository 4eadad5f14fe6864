package dev.cardvault.ivr;

import dev.cardvault.access.Caller;
import dev.cardvault.capture.CaptureRules;
import dev.cardvault.capture.Field;
import dev.cardvault.connectors.Connector;
import dev.cardvault.connectors.ConnectorDirectory;
import dev.cardvault.connectors.ConnectorKind;
import dev.cardvault.connectors.ConnectorLogin;
import dev.cardvault.connectors.ConnectorMode;
import dev.cardvault.connectors.ConnectorSecret;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.sessions.CallLine;
import dev.cardvault.sessions.CapturePlan;
import dev.cardvault.sessions.Captures;
import dev.cardvault.vault.CallContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets calls in. The protocol has no authentication, so a call shows a secret as its first
 * argument: {@code CAPTURE:KEYS_SECRET} of a capture that was opened for it, or {@code
 * CONNECTOR:SECRET} of a connector that may open one by itself.
 */
@ApplicationScoped
class CallDoor {

  /** How the card came in: keyed, with nobody listening. */
  private static final String CHANNEL = "ivr_dtmf";

  private static final Pattern ARGUMENT = Pattern.compile("([A-Za-z0-9_.-]{1,200}):([!-~]{1,200})");
  private static final Pattern CALL = Pattern.compile("[A-Za-z0-9._@-]{1,128}");
  private static final Pattern CONNECTOR =
      Pattern.compile(Connector.PREFIX + "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

  private final ConnectorDirectory directory;
  private final ConnectorLogin login;
  private final Captures captures;

  CallDoor(ConnectorDirectory directory, ConnectorLogin login, Captures captures) {
    this.directory = directory;
    this.login = login;
    this.captures = captures;
  }

  /**
   * The capture of a call. Fails with a {@link ProblemException}: who shows no good secret gets no
   * further.
   *
   * @param source the address Asterisk connects from
   */
  CompletionStage<Line> open(AgiHeader header, String source) {
    Matcher argument = ARGUMENT.matcher(header.argument());
    if (!argument.matches()) {
      return CompletableFuture.failedFuture(ProblemException.of(ProblemCode.MISSING_CREDENTIAL));
    }
    String id = argument.group(1);
    String secret = argument.group(2);
    return id.startsWith(Connector.PREFIX)
        ? byConnector(id, secret, header.callId(), source)
        : byKeysSecret(id, secret, header.secondArgument());
  }

  private CompletionStage<Line> byConnector(
      String id, String secret, String callId, String source) {
    return find(id)
        .thenCompose(
            found -> {
              Connector connector =
                  found
                      .filter(candidate -> candidate.draft().opensCaptures())
                      .orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND));
              return login
                  .prove(connector, null, ConnectorSecret.of(secret), source)
                  .thenCompose(proved -> opened(connector, callId, source));
            });
  }

  private CompletionStage<Line> opened(Connector connector, String callId, String source) {
    if (!CALL.matcher(callId).matches()) {
      throw ProblemException.of(ProblemCode.INVALID_FIELD, "The call has no id");
    }
    Caller caller = connector.caller(source, UUID.randomUUID().toString());
    CapturePlan plan =
        new CapturePlan(
            new CallContext(callId, CHANNEL, null, null, null, null),
            connector.draft().fields().stream().map(CallDoor::field).toList(),
            rules(connector.draft().mode()),
            connector.draft().profile(),
            Map.of());
    return captures
        .open(caller, plan)
        .thenApply(
            opened ->
                new CaptureLine(
                    captures.line(opened.id(), opened.keysSecret().reveal()),
                    connector.draft().prompts()));
  }

  /** The prompts are those of a connector that the dialplan names. */
  private CompletionStage<Line> byKeysSecret(String id, String secret, String connector) {
    CallLine line = captures.line(id, secret);
    return find(connector)
        .thenApply(
            found ->
                new CaptureLine(
                    line,
                    found
                        .filter(candidate -> candidate.tenant().equals(line.tenant()))
                        .map(candidate -> candidate.draft().prompts())
                        .orElse(Map.of())));
  }

  private CompletionStage<Optional<Connector>> find(String id) {
    Matcher parts = CONNECTOR.matcher(id);
    return parts.matches()
        ? directory
            .find(UUID.fromString(parts.group(1)))
            .thenApply(
                found ->
                    found.filter(candidate -> candidate.draft().kind() == ConnectorKind.FASTAGI))
        : CompletableFuture.completedFuture(Optional.empty());
  }

  private static CaptureRules rules(ConnectorMode mode) {
    CaptureRules usual = CaptureRules.DEFAULT;
    return mode == ConnectorMode.LIVE
        ? usual
        : new CaptureRules(
            usual.keys(),
            usual.limits(),
            usual.fields().forTestCardsOnly(),
            usual.readBack(),
            usual.linkRequired());
  }

  private static Field field(String code) {
    return Field.ofCode(code).orElseThrow();
  }
}
