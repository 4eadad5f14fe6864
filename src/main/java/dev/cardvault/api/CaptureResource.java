package dev.cardvault.api;

import dev.cardvault.access.Caller;
import dev.cardvault.access.Scope;
import dev.cardvault.capture.Command;
import dev.cardvault.capture.Field;
import dev.cardvault.sessions.CaptureProfiles;
import dev.cardvault.sessions.Captures;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;

/** Cards keyed on calls. */
@Path("/v1/captures")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
final class CaptureResource {

  private final Captures captures;
  private final CaptureProfiles profiles;
  private final CurrentCaller caller;

  CaptureResource(Captures captures, CaptureProfiles profiles, CurrentCaller caller) {
    this.captures = captures;
    this.profiles = profiles;
    this.caller = caller;
  }

  /** Opens a capture. */
  @POST
  @Needs(Scope.CAPTURES_CONTROL)
  public CompletionStage<RestResponse<NewCaptureAnswer>> open(CreateCapture wish) {
    Caller opener = caller.get();
    return profiles
        .settings(opener.tenant(), wish.checkedProfile())
        .thenApply(json -> wish.checked(CaptureProfileJson.settings(json)))
        .thenCompose(plan -> captures.open(opener, plan))
        .thenApply(
            opened ->
                RestResponse.ResponseBuilder.create(
                        RestResponse.Status.CREATED, NewCaptureAnswer.of(opened))
                    .header("Cache-Control", "no-store")
                    .build());
  }

  /** Appends keys. */
  @POST
  @Path("/{capture}/keys")
  @Public("The keys secret lets in")
  public CompletionStage<ProgressAnswer> keys(
      @PathParam("capture") String capture, KeysInput input, @Context RoutingContext routing) {
    boolean handedOver = false;
    try {
      String secret = Bearer.of(routing.request());
      long seq = input.checkedSeq();
      byte[] keys = input.checkedKeys();
      CompletionStage<ProgressAnswer> answer =
          captures.keys(capture, secret, seq, keys).thenApply(ProgressAnswer::of);
      handedOver = true;
      return answer;
    } finally {
      if (!handedOver) {
        input.close();
      }
    }
  }

  /** Does something to a capture. */
  @POST
  @Path("/{capture}/commands")
  @Needs(value = Scope.CAPTURES_CONTROL, orCaptureSecret = true)
  public ProgressAnswer command(
      @PathParam("capture") String capture, CommandInput input, @Context RoutingContext routing) {
    Command command = input.checkedCommand();
    Field field = input.checkedField();
    return ProgressAnswer.of(
        caller
            .ifAny()
            .map(controller -> captures.command(controller, capture, command, field))
            .orElseGet(
                () -> captures.command(capture, Bearer.of(routing.request()), command, field)));
  }

  /** Ties an agent's screen to a capture. */
  @POST
  @Path("/{capture}/link")
  @Public("The link code lets in, five times at most")
  public CompletionStage<RestResponse<LinkedAnswer>> link(
      @PathParam("capture") String capture, LinkInput input) {
    return captures
        .link(capture, input.checked())
        .thenApply(
            secret ->
                RestResponse.ResponseBuilder.ok(LinkedAnswer.of(secret))
                    .header("Cache-Control", "no-store")
                    .build());
  }

  /** A capture. */
  @GET
  @Path("/{capture}")
  @Needs(value = Scope.CAPTURES_CONTROL, orCaptureSecret = true)
  public CaptureAnswer find(@PathParam("capture") String capture, @Context RoutingContext routing) {
    return CaptureAnswer.of(
        caller
            .ifAny()
            .map(controller -> captures.snapshot(controller, capture))
            .orElseGet(() -> captures.snapshot(capture, Bearer.of(routing.request()))));
  }

  /** The caller hung up. */
  @DELETE
  @Path("/{capture}")
  @Needs(value = Scope.CAPTURES_CONTROL, orCaptureSecret = true)
  public ProgressAnswer hangUp(
      @PathParam("capture") String capture, @Context RoutingContext routing) {
    return ProgressAnswer.of(
        caller
            .ifAny()
            .map(controller -> captures.hangUp(controller, capture))
            .orElseGet(() -> captures.hangUp(capture, Bearer.of(routing.request()))));
  }
}
