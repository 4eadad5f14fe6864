package dev.cardvault.api;

import dev.cardvault.access.Scope;
import dev.cardvault.outbox.Destinations;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Decides where messages to the outside go. */
@Path("/v1/destinations")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
final class DestinationResource {

  private static final String PREFIX = "dst";

  private final Destinations destinations;
  private final CurrentCaller caller;

  DestinationResource(Destinations destinations, CurrentCaller caller) {
    this.destinations = destinations;
    this.caller = caller;
  }

  /** Makes a destination; its secret is in this answer and in no other. */
  @POST
  @Needs(Scope.CLIENTS_WRITE)
  public RestResponse<NewDestinationAnswer> create(CreateDestination wish) {
    return unstored(
        RestResponse.Status.CREATED,
        NewDestinationAnswer.of(destinations.create(caller.get(), wish.checked())));
  }

  /** All destinations, by name. */
  @GET
  @Needs(Scope.CLIENTS_WRITE)
  public DestinationsAnswer list() {
    return DestinationsAnswer.of(destinations.list(caller.get()));
  }

  /** A destination. */
  @GET
  @Path("/{id}")
  @Needs(Scope.CLIENTS_WRITE)
  public DestinationAnswer find(@RestPath String id) {
    return DestinationAnswer.of(destinations.find(caller.get(), Fields.id(id, PREFIX)));
  }

  /** Sends nothing there any more. */
  @DELETE
  @Path("/{id}")
  @Needs(Scope.CLIENTS_WRITE)
  public void remove(@RestPath String id) {
    destinations.remove(caller.get(), Fields.id(id, PREFIX));
  }

  /** A new secret; for a day messages are signed with both. */
  @POST
  @Path("/{id}/rotate")
  @Needs(Scope.CLIENTS_WRITE)
  public RestResponse<NewDestinationAnswer> rotate(@RestPath String id) {
    return unstored(
        RestResponse.Status.OK,
        NewDestinationAnswer.of(destinations.rotate(caller.get(), Fields.id(id, PREFIX))));
  }

  /** What was sent there, newest first. */
  @GET
  @Path("/{id}/messages")
  @Needs(Scope.CLIENTS_WRITE)
  public MessagePage messages(
      @RestPath String id, @RestQuery @Nullable String limit, @RestQuery @Nullable String cursor) {
    return MessagePage.of(
        destinations.sent(caller.get(), Fields.id(id, PREFIX), cursor, Query.limit(limit)));
  }

  private static <T> RestResponse<T> unstored(RestResponse.Status status, T secret) {
    return RestResponse.ResponseBuilder.create(status, secret)
        .header("Cache-Control", "no-store")
        .build();
  }
}
