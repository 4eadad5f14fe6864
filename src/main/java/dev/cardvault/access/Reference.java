package dev.cardvault.access;

import java.util.Locale;

/**
 * For which business record a PAN is asked for.
 *
 * @param type the kind of record
 * @param id its id in the caller's books, 1 to 128 characters
 */
public record Reference(Type type, String id) {

  /** The kinds of record a reveal can be tied to. */
  public enum Type {
    ORDER,
    INVOICE,
    CASE,
    CALL;

    /** As it stands in the API. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
