package dev.cardvault.vault;

import dev.cardvault.card.CardExpiry;
import dev.cardvault.card.HolderName;
import dev.cardvault.card.Pan;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A wish for a token. It owns its PAN and wipes it when closed, which {@link Tokenizer} does on
 * every path.
 *
 * @param pan the card's number
 * @param expiry until when the card is good
 * @param holder the name on the card
 * @param profile the name of a token profile; {@code null} for {@code default}
 * @param expiresAt when the token shall stop opening; {@code null} for what the profile says
 * @param maxUses how often it may open; {@code null} for what the profile says
 * @param metadata at most 50 entries of the owner's own; no PAN among them
 * @param call the call it is captured on
 */
public record TokenizeRequest(
    Pan pan,
    @Nullable CardExpiry expiry,
    @Nullable HolderName holder,
    @Nullable String profile,
    @Nullable Instant expiresAt,
    @Nullable Integer maxUses,
    Map<String, String> metadata,
    @Nullable CallContext call)
    implements AutoCloseable {

  /** The most entries of metadata. */
  public static final int MAX_METADATA = 50;

  public TokenizeRequest {
    metadata = Map.copyOf(metadata);
  }

  @Override
  public void close() {
    pan.close();
  }
}
