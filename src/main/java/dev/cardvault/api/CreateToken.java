package dev.cardvault.api;

import dev.cardvault.card.CardExpiry;
import dev.cardvault.card.HolderName;
import dev.cardvault.vault.CallContext;
import dev.cardvault.vault.TokenizeRequest;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A wish for a token.
 *
 * @param card the card it shall stand for
 * @param profile the token profile, {@code default} when absent
 * @param expiresAt when the token shall stop opening
 * @param maxUses how often its number may be revealed
 * @param metadata up to 50 texts to keep with it
 * @param call the call on which the card is captured
 */
@CarriesPan("/card/number")
record CreateToken(
    CardInput card,
    @Nullable String profile,
    @Nullable String expiresAt,
    @Nullable Integer maxUses,
    @Nullable Map<String, @Nullable String> metadata,
    @Nullable CallFields call) {

  static final Pattern PROFILE_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  /**
   * What the vault is asked for; it owns the PAN from here on.
   *
   * @throws dev.cardvault.problem.ProblemException when a field breaks its rule; the PAN is wiped
   */
  TokenizeRequest checked() {
    CardNumber number = Fields.required(card, "/card").requiredNumber();
    boolean done = false;
    try {
      @Nullable CardExpiry expiry = card.expiry();
      @Nullable HolderName holder = card.holder();
      @Nullable Instant until = Fields.instant(expiresAt, "/expires_at");
      @Nullable CallContext context = call == null ? null : call.checked();
      var request =
          new TokenizeRequest(
              number.take(),
              expiry,
              holder,
              checkedProfile(),
              until,
              checkedMaxUses(),
              Metadata.of(metadata, "/metadata"),
              context);
      done = true;
      return request;
    } finally {
      if (!done) {
        number.close();
      }
    }
  }

  private @Nullable String checkedProfile() {
    if (profile != null && !PROFILE_NAME.matcher(profile).matches()) {
      throw Fields.invalid("/profile", "A profile's name is lower-case letters, digits and dashes");
    }
    return profile;
  }

  private @Nullable Integer checkedMaxUses() {
    if (maxUses != null && maxUses < 1) {
      throw Fields.invalid("/max_uses", "A token may be used at least once");
    }
    return maxUses;
  }

  /** Wipes the PAN of a request that is not carried out. */
  void wipe() {
    CardInput given = card;
    if (given != null && given.number() != null) {
      given.number().close();
    }
  }
}
