package dev.cardvault.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a client may do (PCI DSS 7.2.2: least privilege). */
public enum Scope {
  TOKENS_CREATE,
  TOKENS_READ,
  TOKENS_UPDATE,
  TOKENS_ERASE,
  TOKENS_LOOKUP,
  TOKENS_DETOKENIZE,
  CAPTURES_CONTROL,
  CAPTURES_OBSERVE,
  AUDIT_READ,
  AUDIT_EXPORT,
  CLIENTS_WRITE,
  KEYS_ROTATE,
  JOBS_RUN,
  PRIVACY_MANAGE,
  REVIEWS_ATTEST,
  UNLOCKS_APPROVE;

  private static final Set<Scope> NOT_WITH_DETOKENIZE =
      Set.of(AUDIT_READ, AUDIT_EXPORT, CLIENTS_WRITE, UNLOCKS_APPROVE);

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', ':');

  /** As it stands in access tokens and the API, like {@code tokens:create}. */
  public String code() {
    return code;
  }

  /** The scope of that code. */
  public static Optional<Scope> ofCode(String code) {
    return List.of(values()).stream().filter(s -> s.code.equals(code)).findFirst();
  }

  /**
   * Whether one client may hold all of {@code scopes}: who sees PANs neither reviews nor grants
   * that (PCI DSS 7.2.1, separation of duties).
   */
  public static boolean mayBeHeldTogether(Set<Scope> scopes) {
    return !scopes.contains(TOKENS_DETOKENIZE)
        || scopes.stream().noneMatch(NOT_WITH_DETOKENIZE::contains);
  }
}
