package dev.cardvault.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cardvault.clients.IssuedToken;
import dev.cardvault.clients.LoginAttempt;
import dev.cardvault.clients.LoginException;
import dev.cardvault.clients.LoginException.Reason;
import dev.cardvault.clients.Logins;
import dev.cardvault.clients.Revocations;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Logins, in the terms of OAuth 2.0 (RFC 6749 4.4, RFC 7009), errors included. */
@Path("/oauth2")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_JSON)
final class OAuthResource {

  private static final String GRANT_TYPE = "client_credentials";

  private final Logins logins;
  private final Revocations revocations;

  OAuthResource(Logins logins, Revocations revocations) {
    this.logins = logins;
    this.revocations = revocations;
  }

  /** An access token for a client's secret. */
  @POST
  @Path("/token")
  @Public("Clients log in here")
  public Uni<Response> token(MultivaluedMap<String, String> form, @Context RoutingContext routing) {
    LoginForm fields = new LoginForm(form);
    String grantType = fields.required("grant_type");
    LoginAttempt attempt = fields.attempt(routing);
    if (!grantType.equals(GRANT_TYPE)) {
      throw LoginException.of(Reason.UNSUPPORTED_GRANT_TYPE);
    }
    return answer(() -> logins.logIn(attempt, fields.optional("scope")))
        .map(issued -> unstored(Response.ok(Issued.of(issued))));
  }

  /** Takes an access token back. */
  @POST
  @Path("/revoke")
  @Public("Clients prove who they are by their secret here")
  public Uni<Response> revoke(
      MultivaluedMap<String, String> form, @Context RoutingContext routing) {
    LoginForm fields = new LoginForm(form);
    String token = fields.required("token");
    LoginAttempt attempt = fields.attempt(routing);
    return answer(() -> revocations.revoke(attempt, token)).map(done -> unstored(Response.ok()));
  }

  /** A refused login, as RFC 6749 5.2 tells it. */
  @ServerExceptionMapper
  public Response refused(LoginException refused) {
    Reason reason = refused.reason();
    Response.ResponseBuilder response =
        Response.status(reason.status())
            .type(MediaType.APPLICATION_JSON)
            .entity(new Refused(reason.error(), reason.description()));
    if (reason.status() == Response.Status.UNAUTHORIZED.getStatusCode()) {
      response.header("WWW-Authenticate", "Basic realm=\"cardvault\", charset=\"UTF-8\"");
    }
    if (refused.retryAfter() != null) {
      response.header("Retry-After", Math.max(1, refused.retryAfter().plusMillis(999).toSeconds()));
    }
    return unstored(response);
  }

  /** Unlike a plain stage, this hands on a failure without a wrapper round it. */
  private static <T> Uni<T> answer(Supplier<CompletionStage<T>> work) {
    return Uni.createFrom().completionStage(work);
  }

  /** RFC 6749 5.1: neither tokens nor errors are kept by caches. */
  private static Response unstored(Response.ResponseBuilder response) {
    return response.header("Cache-Control", "no-store").header("Pragma", "no-cache").build();
  }

  /** RFC 6749 5.1. */
  @RegisterForReflection
  record Issued(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("token_type") String tokenType,
      @JsonProperty("expires_in") long expiresIn,
      @JsonProperty("scope") String scope) {

    static Issued of(IssuedToken issued) {
      return new Issued(issued.text(), "Bearer", issued.lifetime().toSeconds(), issued.scope());
    }

    @Override
    public String toString() {
      return "Issued[redacted]";
    }
  }

  /** RFC 6749 5.2. */
  @RegisterForReflection
  record Refused(
      @JsonProperty("error") String error,
      @JsonProperty("error_description") @Nullable String errorDescription) {}
}
