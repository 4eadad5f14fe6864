package dev.cardvault.api;

import dev.cardvault.vault.ProfileView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All token profiles of a tenant; there are few enough for one page.
 *
 * @param data the profiles, by name
 * @param nextCursor always {@code null}
 * @param hasMore always false
 */
record ProfilePage(List<ProfileAnswer> data, @Nullable String nextCursor, boolean hasMore) {

  static ProfilePage of(List<ProfileView> profiles) {
    return new ProfilePage(profiles.stream().map(ProfileAnswer::of).toList(), null, false);
  }
}
