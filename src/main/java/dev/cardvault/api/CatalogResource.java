package dev.cardvault.api;

import dev.cardvault.access.Scope;
import dev.cardvault.card.CardBrand;
import dev.cardvault.vault.CardCatalog;
import dev.cardvault.vault.TokenFilter;
import dev.cardvault.vault.TokenStatus;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells of tokens without opening them. */
@Path("/v1/tokens")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
final class CatalogResource {

  private static final Pattern LAST_FOUR = Pattern.compile("[0-9]{4}");
  private static final int LONGEST_CALL_ID = 128;

  private final CardCatalog catalog;
  private final CurrentCaller caller;

  CatalogResource(CardCatalog catalog, CurrentCaller caller) {
    this.catalog = catalog;
    this.caller = caller;
  }

  /** A token, by its id or its text. */
  @GET
  @Path("/{token}")
  @Needs(Scope.TOKENS_READ)
  public TokenAnswer find(@PathParam("token") String token) {
    return TokenAnswer.of(catalog.find(caller.get(), Fields.token(token)));
  }

  /** Tokens, newest first. */
  @GET
  @Needs(Scope.TOKENS_READ)
  public TokenPage list(
      @QueryParam("last4") @Nullable String lastFour,
      @QueryParam("brand") @Nullable String brand,
      @QueryParam("status") @Nullable String status,
      @QueryParam("call_id") @Nullable String callId,
      @QueryParam("profile") @Nullable String profile,
      @QueryParam("created_from") @Nullable String createdFrom,
      @QueryParam("created_to") @Nullable String createdTo,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    TokenFilter filter =
        new TokenFilter(
            lastFour == null ? null : checkedLastFour(lastFour),
            brand == null ? null : Fields.oneOf(brand, Query.pointer("brand"), CardBrand::ofCode),
            status == null
                ? null
                : Fields.oneOf(status, Query.pointer("status"), TokenStatus::ofCode),
            Fields.optionalText(callId, Query.pointer("call_id"), LONGEST_CALL_ID),
            profile == null ? null : checkedProfile(profile),
            Fields.instant(createdFrom, Query.pointer("created_from")),
            Fields.instant(createdTo, Query.pointer("created_to")));
    return TokenPage.of(catalog.list(caller.get(), filter, cursor, Query.limit(limit)));
  }

  /** The tokens of a card. */
  @POST
  @Path("/lookup")
  @Needs(Scope.TOKENS_LOOKUP)
  public TokenPage lookup(LookUpCard wish) {
    return TokenPage.of(catalog.lookup(caller.get(), wish.checked()));
  }

  private static String checkedLastFour(String given) {
    return Fields.oneOf(
        given,
        Query.pointer("last4"),
        digits -> Optional.of(digits).filter(d -> LAST_FOUR.matcher(d).matches()));
  }

  private static String checkedProfile(String given) {
    return Fields.oneOf(
        given,
        Query.pointer("profile"),
        name -> Optional.of(name).filter(n -> CreateToken.PROFILE_NAME.matcher(n).matches()));
  }
}
