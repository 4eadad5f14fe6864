package dev.cardvault.api;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an owner may keep with a token: a few short texts, and no sensitive authentication data. */
final class Metadata {

  private static final int MOST = 50;
  private static final int LONGEST = 500;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  /** May never be stored after authorisation (PCI DSS 3.3.1), so it is not taken either. */
  private static final Set<String> SENSITIVE =
      Set.of(
          "cvv",
          "cvv2",
          "cvc",
          "cvc2",
          "cvn",
          "cvn2",
          "cid",
          "cav",
          "cav2",
          "csc",
          "cve",
          "securitycode",
          "cardsecuritycode",
          "cardverificationvalue",
          "cardverificationcode",
          "track",
          "track1",
          "track2",
          "track3",
          "trackdata",
          "track1data",
          "track2data",
          "magstripe",
          "magneticstripe",
          "magneticstripedata",
          "pin",
          "pinblock",
          "cardpin");

  private Metadata() {}

  /** Checked entries; a {@code null} counts as none. */
  static Map<String, String> of(@Nullable Map<String, @Nullable String> given, String pointer) {
    if (given == null) {
      return Map.of();
    }
    Map<String, String> entries = new LinkedHashMap<>();
    check(given, pointer)
        .forEach(
            (name, value) -> {
              String place = new Pointer().field(name).toString();
              entries.put(name, Fields.required(value, pointer + place));
            });
    return entries;
  }

  /** Checked entries of a merge patch, in which {@code null} takes one away. */
  static Map<String, @Nullable String> check(Map<String, @Nullable String> given, String pointer) {
    if (given.size() > MOST) {
      throw Fields.invalid(pointer, "There are at most " + MOST + " entries");
    }
    given.forEach((name, value) -> check(name, value, pointer + new Pointer().field(name)));
    return given;
  }

  private static void check(String name, @Nullable String value, String pointer) {
    if (!NAME.matcher(name).matches()) {
      throw Fields.invalid(
          pointer, "A name is 1 to 64 letters, digits, dots, dashes or underscores");
    }
    if (SENSITIVE.contains(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""))) {
      throw Fields.invalid(
          pointer, "Security codes, track data and PINs are never stored (PCI DSS 3.3.1)");
    }
    if (value != null && !value.isEmpty()) {
      Fields.text(value, pointer, LONGEST);
    }
  }
}
