package dev.cardvault.alerts;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What is done to the client an alert is about, without waiting for anybody. */
public enum Response {
  /** Nothing. */
  NONE,
  /** It may make one request a second, until an administrator allows it more. */
  THROTTLE,
  /** It may do nothing, until an administrator resumes it. */
  SUSPEND;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** As it stands in the API. */
  public String code() {
    return code;
  }

  /** The response of that code. */
  public static Optional<Response> ofCode(String code) {
    return Stream.of(values()).filter(r -> r.code.equals(code)).findFirst();
  }
}
