package dev.cardvault.keys;

/**
 * A key as it may be stored: wrapped by a tenant's KEK.
 *
 * @param text what the key server gave out, at most 1,000 characters
 * @param kekVersion which version of the KEK wrapped it, from 1
 */
public record WrappedKey(String text, int kekVersion) {

  public WrappedKey {
    if (text.isEmpty() || text.length() > 1_000 || kekVersion < 1) {
      throw new IllegalArgumentException("Not a wrapped key");
    }
  }
}
