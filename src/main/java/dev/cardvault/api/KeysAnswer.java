package dev.cardvault.api;

import dev.cardvault.keys.Kek;
import dev.cardvault.keys.KeyView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's keys: everything but the keys themselves.
 *
 * @param kek the key-encryption key, which wraps the others
 * @param data the keys it wraps, newest first
 */
record KeysAnswer(KekAnswer kek, List<Key> data) {

  /**
   * The key-encryption key, which never leaves the key server.
   *
   * @param latest the version that wraps new keys
   * @param versions the versions that are there
   */
  record KekAnswer(int latest, List<Version> versions) {}

  /**
   * One version of the key-encryption key.
   *
   * @param version its number
   * @param createdAt when it was made
   */
  record Version(int version, Instant createdAt) {}

  /**
   * A key that is stored only wrapped.
   *
   * @param id names it
   * @param purpose what it is for
   * @param version from 1
   * @param kekVersion which version of the key-encryption key wraps it
   * @param active whether it still seals
   * @param node the process that made it
   * @param records how many cards it seals, as of the last minute
   * @param createdAt when it was made
   * @param retiredAt when it ceased to seal
   */
  record Key(
      UUID id,
      String purpose,
      int version,
      int kekVersion,
      boolean active,
      String node,
      long records,
      Instant createdAt,
      @Nullable Instant retiredAt) {
    static Key of(KeyView key) {
      return new Key(
          key.id(),
          key.purpose().text(),
          key.version(),
          key.kekVersion(),
          key.active(),
          key.node(),
          key.records(),
          key.createdAt(),
          key.retiredAt());
    }
  }

  static KeysAnswer of(Kek kek, List<KeyView> keys) {
    List<Version> versions =
        kek.versions().entrySet().stream()
            .map(version -> new Version(version.getKey(), version.getValue()))
            .toList();
    return new KeysAnswer(
        new KekAnswer(kek.latest(), versions), keys.stream().map(Key::of).toList());
  }
}
