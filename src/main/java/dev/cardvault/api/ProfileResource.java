package dev.cardvault.api;

import dev.cardvault.access.Scope;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.vault.TokenProfiles;
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

/** Decides how tokens look. */
@Path("/v1/token-profiles")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
final class ProfileResource {

  private static final int CREATED = 201;

  private final TokenProfiles profiles;
  private final CurrentCaller caller;

  ProfileResource(TokenProfiles profiles, CurrentCaller caller) {
    this.profiles = profiles;
    this.caller = caller;
  }

  /** Makes a profile. */
  @POST
  @ResponseStatus(CREATED)
  @Needs(Scope.CLIENTS_WRITE)
  public ProfileAnswer create(CreateProfile wish) {
    return ProfileAnswer.of(profiles.create(caller.get(), wish.checked()));
  }

  /** All profiles. */
  @GET
  @Needs(Scope.TOKENS_READ)
  public ProfilePage list() {
    return ProfilePage.of(profiles.list(caller.get()));
  }

  /** A profile. */
  @GET
  @Path("/{name}")
  @Needs(Scope.TOKENS_READ)
  public ProfileAnswer find(@PathParam("name") String name) {
    return ProfileAnswer.of(profiles.find(caller.get(), plausible(name)));
  }

  /** Changes a profile. */
  @PATCH
  @Path("/{name}")
  @Consumes({BodyRules.MERGE_PATCH, MediaType.APPLICATION_JSON})
  @Needs(Scope.CLIENTS_WRITE)
  public ProfileAnswer change(@PathParam("name") String name, PatchProfile patch) {
    return ProfileAnswer.of(profiles.change(caller.get(), plausible(name), patch::applyTo));
  }

  /** What cannot be a name is nobody's. */
  private static String plausible(String name) {
    if (!CreateToken.PROFILE_NAME.matcher(name).matches()) {
      throw ProblemException.of(ProblemCode.NOT_FOUND);
    }
    return name;
  }
}
