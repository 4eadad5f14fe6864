package dev.cardvault.alerts;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What counts as unusual. A name, once written, is never given another meaning. */
public enum Rule {
  /** More PANs in five minutes than in the client's busiest hours: this many times more. */
  RATE(5),
  /** This many tokens in five minutes that do not exist. */
  ENUMERATION(20),
  /** A PAN at an hour of the day that is new to the client, after this many days with PANs. */
  OFF_HOURS(7),
  /** A call from a network that is new to the client, which has called from this many before. */
  NEW_NETWORK(1),
  /** One business record for this many different tokens within a day. */
  REFERENCE_REUSE(5),
  /** A token that nobody has a reason to touch, touched this often. */
  DECOY(1),
  /** This many stored cards that do not match their seals. */
  INTEGRITY(1),
  /** A security code that was handed out already, or is gone, asked for this often. */
  CODE_REUSE(1);

  private final int threshold;
  private final String code = name().toLowerCase(Locale.ROOT);

  Rule(int threshold) {
    this.threshold = threshold;
  }

  /** As it stands in the API. */
  public String code() {
    return code;
  }

  /** The rule of that code. */
  public static Optional<Rule> ofCode(String code) {
    return Stream.of(values()).filter(rule -> rule.code.equals(code)).findFirst();
  }

  /** What holds for a tenant that has said nothing. */
  RuleSetting byDefault() {
    return new RuleSetting(this, true, threshold, Response.NONE);
  }
}
