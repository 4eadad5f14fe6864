package dev.cardvault.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cardvault.access.Scope;
import dev.cardvault.connectors.Connectors;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Makes and changes the tenant's connectors to telephony platforms. */
@Path("/v1/connectors")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
final class ConnectorResource {

  private final Connectors connectors;
  private final ConnectorSites sites;
  private final CurrentCaller caller;

  ConnectorResource(Connectors connectors, ConnectorSites sites, CurrentCaller caller) {
    this.connectors = connectors;
    this.sites = sites;
    this.caller = caller;
  }

  /** Makes a connector; its secret is in this answer and in no other. */
  @POST
  @Needs(Scope.CLIENTS_WRITE)
  public RestResponse<ConnectorAnswer> create(ConnectorFields wish) {
    var made =
        connectors.create(
            caller.get(), wish.checked(), wish.checkedUsername(), wish.checkedPassword());
    return created(ConnectorAnswer.of(made.connector(), sites, made.secret()));
  }

  /** All connectors, oldest first. */
  @GET
  @Needs(Scope.CLIENTS_WRITE)
  public ConnectorsAnswer list() {
    return ConnectorsAnswer.of(connectors.list(caller.get()), sites);
  }

  /** One connector. */
  @GET
  @Path("/{id}")
  @Needs(Scope.CLIENTS_WRITE)
  public ConnectorAnswer find(@RestPath String id) {
    return ConnectorAnswer.of(connectors.find(caller.get(), ConnectorIds.connector(id)), sites);
  }

  /** Changes a connector (RFC 7396); its kind, vendor, name and secret stay. */
  @PATCH
  @Path("/{id}")
  @Consumes({BodyRules.MERGE_PATCH, MediaType.APPLICATION_JSON})
  @Needs(Scope.CLIENTS_WRITE)
  public ConnectorAnswer update(@RestPath String id, JsonNode patch) {
    var changed =
        connectors.update(
            caller.get(),
            ConnectorIds.connector(id),
            draft -> ConnectorFields.of(draft).patched(patch).checked());
    return ConnectorAnswer.of(changed, sites);
  }

  /** Takes a connector away. */
  @DELETE
  @Path("/{id}")
  @Needs(Scope.CLIENTS_WRITE)
  public void delete(@RestPath String id) {
    connectors.delete(caller.get(), ConnectorIds.connector(id));
  }

  /** A new secret; the one the connector has ends after the overlap. */
  @POST
  @Path("/{id}/rotate")
  @Needs(Scope.CLIENTS_WRITE)
  public RestResponse<ConnectorAnswer> rotate(@RestPath String id, RotationFields wish) {
    var rotated = connectors.rotate(caller.get(), ConnectorIds.connector(id), wish.checkedWithin());
    return created(ConnectorAnswer.of(rotated.connector(), sites, rotated.secret()));
  }

  /** One more key for Amazon Connect to encrypt under. */
  @POST
  @Path("/{id}/input-keys")
  @Needs(Scope.CLIENTS_WRITE)
  public RestResponse<ConnectorAnswer> addInputKey(@RestPath String id, NoFields nothing) {
    return created(
        ConnectorAnswer.of(
            connectors.addInputKey(caller.get(), ConnectorIds.connector(id)), sites));
  }

  /** Notes how Amazon Connect names a key. */
  @PATCH
  @Path("/{id}/input-keys/{key}")
  @Consumes({BodyRules.MERGE_PATCH, MediaType.APPLICATION_JSON})
  @Needs(Scope.CLIENTS_WRITE)
  public ConnectorAnswer nameInputKey(
      @RestPath String id, @RestPath String key, InputKeyFields wish) {
    var named =
        connectors.nameInputKey(
            caller.get(), ConnectorIds.connector(id), ConnectorIds.key(key), wish.checked());
    return ConnectorAnswer.of(named, sites);
  }

  /** Takes a key away; what was encrypted under it stays closed. */
  @DELETE
  @Path("/{id}/input-keys/{key}")
  @Needs(Scope.CLIENTS_WRITE)
  public void deleteInputKey(@RestPath String id, @RestPath String key) {
    connectors.deleteInputKey(caller.get(), ConnectorIds.connector(id), ConnectorIds.key(key));
  }

  private static RestResponse<ConnectorAnswer> created(ConnectorAnswer answer) {
    return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, answer)
        .header("Cache-Control", "no-store")
        .build();
  }
}
