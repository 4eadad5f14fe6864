package dev.cardvault.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cardvault.access.Scope;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.sessions.CaptureProfiles;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Decides how cards are keyed. */
@Path("/v1/capture-profiles")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
final class CaptureProfileResource {

  private static final int CREATED = 201;

  private final CaptureProfiles profiles;
  private final CurrentCaller caller;

  CaptureProfileResource(CaptureProfiles profiles, CurrentCaller caller) {
    this.profiles = profiles;
    this.caller = caller;
  }

  /** Makes a profile. */
  @POST
  @ResponseStatus(CREATED)
  @Needs(Scope.CLIENTS_WRITE)
  public CaptureProfileAnswer create(CreateCaptureProfile wish) {
    String settings = CaptureProfileJson.text(wish.settings());
    return CaptureProfileAnswer.of(profiles.create(caller.get(), wish.checkedName(), settings));
  }

  /** All profiles. */
  @GET
  @Needs(Scope.CAPTURES_CONTROL)
  public CaptureProfilesAnswer list() {
    return CaptureProfilesAnswer.of(profiles.list(caller.get()));
  }

  /** A profile. */
  @GET
  @Path("/{name}")
  @Needs(Scope.CAPTURES_CONTROL)
  public CaptureProfileAnswer find(@PathParam("name") String name) {
    return CaptureProfileAnswer.of(profiles.find(caller.get(), plausible(name)));
  }

  /** Changes a profile (RFC 7396): what is absent stays, {@code null} is the default again. */
  @PATCH
  @Path("/{name}")
  @Consumes({BodyRules.MERGE_PATCH, MediaType.APPLICATION_JSON})
  @Needs(Scope.CLIENTS_WRITE)
  public CaptureProfileAnswer change(@PathParam("name") String name, ObjectNode patch) {
    return CaptureProfileAnswer.of(
        profiles.change(
            caller.get(), plausible(name), stored -> CaptureProfileJson.patched(stored, patch)));
  }

  /** What cannot be a name is nobody's. */
  private static String plausible(String name) {
    if (!CreateToken.PROFILE_NAME.matcher(name).matches()) {
      throw ProblemException.of(ProblemCode.NOT_FOUND);
    }
    return name;
  }
}
