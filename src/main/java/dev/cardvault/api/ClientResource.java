package dev.cardvault.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cardvault.access.Scope;
import dev.cardvault.clients.ClientRegistry;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Makes and changes the tenant's clients. */
@Path("/v1/clients")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
final class ClientResource {

  private final ClientRegistry registry;
  private final CurrentCaller caller;
  private final Clock clock;

  ClientResource(ClientRegistry registry, CurrentCaller caller, Clock clock) {
    this.registry = registry;
    this.caller = caller;
    this.clock = clock;
  }

  /** Makes a client; its secret is in this answer and in no other. */
  @POST
  @Needs(Scope.CLIENTS_WRITE)
  public RestResponse<NewClientAnswer> create(ClientFields wish) {
    var made = registry.create(caller.get(), wish.checked());
    return unstored(NewClientAnswer.of(made, clock.instant()));
  }

  /** The tenant's clients, oldest first. */
  @GET
  @Needs(Scope.CLIENTS_WRITE)
  public ClientsAnswer list(@RestQuery @Nullable String cursor, @RestQuery @Nullable String limit) {
    var page = registry.list(caller.get(), cursor, Query.limit(limit));
    return ClientsAnswer.of(page, clock.instant());
  }

  /** One client. */
  @GET
  @Path("/{id}")
  @Needs(Scope.CLIENTS_WRITE)
  public ClientAnswer find(@RestPath String id) {
    return ClientAnswer.of(registry.find(caller.get(), id), clock.instant());
  }

  /** Changes a client's name or rules (RFC 7396). */
  @PATCH
  @Path("/{id}")
  @Consumes({BodyRules.MERGE_PATCH, MediaType.APPLICATION_JSON})
  @Needs(Scope.CLIENTS_WRITE)
  public ClientAnswer update(@RestPath String id, JsonNode patch) {
    var client =
        registry.update(caller.get(), id, draft -> ClientFields.of(draft).patched(patch).checked());
    return ClientAnswer.of(client, clock.instant());
  }

  /** Stops a client. */
  @POST
  @Path("/{id}/suspend")
  @Needs(Scope.CLIENTS_WRITE)
  public ClientAnswer suspend(@RestPath String id, ReasonFields why) {
    return ClientAnswer.of(registry.suspend(caller.get(), id, why.checked()), clock.instant());
  }

  /** Lets a suspended client go on. */
  @POST
  @Path("/{id}/resume")
  @Needs(Scope.CLIENTS_WRITE)
  public ClientAnswer resume(@RestPath String id, ReasonFields why) {
    return ClientAnswer.of(registry.resume(caller.get(), id, why.checked()), clock.instant());
  }

  /** One more secret beside those the client has. */
  @POST
  @Path("/{id}/credentials")
  @Needs(Scope.CLIENTS_WRITE)
  public RestResponse<NewSecretAnswer> addCredential(@RestPath String id, CredentialFields wish) {
    var made = registry.addCredential(caller.get(), id, wish.checked());
    return unstored(NewSecretAnswer.of(made));
  }

  /** Ends a secret at once. */
  @DELETE
  @Path("/{id}/credentials/{credential}")
  @Needs(Scope.CLIENTS_WRITE)
  public void revokeCredential(@RestPath String id, @RestPath String credential) {
    registry.revokeCredential(caller.get(), id, credential);
  }

  /** A new secret; those the client has end after the overlap. */
  @POST
  @Path("/{id}/rotate")
  @Needs(Scope.CLIENTS_WRITE)
  public RestResponse<NewSecretAnswer> rotate(@RestPath String id, RotationFields wish) {
    var made = registry.rotate(caller.get(), id, wish.checked());
    return unstored(NewSecretAnswer.of(made));
  }

  private static <T> RestResponse<T> unstored(T secret) {
    return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, secret)
        .header("Cache-Control", "no-store")
        .build();
  }
}
