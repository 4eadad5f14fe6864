package dev.cardvault.api;

import dev.cardvault.sessions.CaptureProfile;
import java.util.List;

/**
 * All capture profiles of a tenant.
 *
 * @param data the profiles, by name
 */
record CaptureProfilesAnswer(List<CaptureProfileAnswer> data) {

  static CaptureProfilesAnswer of(List<CaptureProfile> profiles) {
    return new CaptureProfilesAnswer(profiles.stream().map(CaptureProfileAnswer::of).toList());
  }
}
