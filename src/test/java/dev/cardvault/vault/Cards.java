package dev.cardvault.vault;

import dev.cardvault.card.CardExpiry;
import dev.cardvault.card.HolderName;
import dev.cardvault.card.Pan;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests for tests, of what a test cares about. */
final class Cards {

  private final String pan;
  private @Nullable CardExpiry expiry;
  private @Nullable HolderName holder;
  private @Nullable String profile;
  private @Nullable Integer maxUses;
  private Map<String, String> metadata = Map.of();

  private Cards(String pan) {
    this.pan = pan;
  }

  static Pan pan(String digits) {
    return Pan.takeOwnershipOf(digits.getBytes(StandardCharsets.US_ASCII));
  }

  static Cards request(String pan) {
    return new Cards(pan);
  }

  Cards expiry(CardExpiry value) {
    expiry = value;
    return this;
  }

  Cards holder(HolderName value) {
    holder = value;
    return this;
  }

  Cards profile(String value) {
    profile = value;
    return this;
  }

  Cards maxUses(int value) {
    maxUses = value;
    return this;
  }

  Cards metadata(Map<String, String> value) {
    metadata = value;
    return this;
  }

  TokenizeRequest build() {
    return new TokenizeRequest(pan(pan), expiry, holder, profile, null, maxUses, metadata, null);
  }
}
