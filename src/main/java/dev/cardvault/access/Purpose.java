package dev.cardvault.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Why a PAN is asked for (PCI DSS 7.2.5: access by need to know). */
public enum Purpose {
  CHARGE,
  REFUND,
  CHARGEBACK,
  RECURRING,
  FRAUD_REVIEW,
  SUBJECT_ACCESS,
  SUPPORT,
  MIGRATION,
  OTHER;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** As it stands in the API. */
  public String code() {
    return code;
  }

  /** The purpose of that code. */
  public static Optional<Purpose> ofCode(String code) {
    return List.of(values()).stream().filter(p -> p.code.equals(code)).findFirst();
  }
}
