package dev.cardvault.api;

import dev.cardvault.outbox.DestinationDraft;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A wish for a destination.
 *
 * @param name its name
 * @param channel by which channel, {@code webhook} when absent
 * @param address where to
 * @param kinds what it is to be told
 */
record CreateDestination(
    @Nullable String name,
    @Nullable String channel,
    @Nullable String address,
    @Nullable List<@Nullable String> kinds) {

  private static final int LONGEST_ADDRESS = 2000;
  private static final int MOST_KINDS = 20;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern KIND = Pattern.compile("[a-z][a-z_]{0,39}");

  DestinationDraft checked() {
    return new DestinationDraft(
        matching(Fields.required(name, "/name"), "/name", NAME),
        channel == null ? "webhook" : channel,
        Fields.text(Fields.required(address, "/address"), "/address", LONGEST_ADDRESS),
        checkedKinds(Fields.required(kinds, "/kinds")));
  }

  private static List<String> checkedKinds(List<@Nullable String> given) {
    if (given.isEmpty() || given.size() > MOST_KINDS) {
      throw Fields.invalid("/kinds", "A destination is told 1 to " + MOST_KINDS + " kinds");
    }
    Set<String> kinds = new LinkedHashSet<>();
    for (int i = 0; i < given.size(); i++) {
      String pointer = "/kinds/" + i;
      kinds.add(matching(Fields.required(given.get(i), pointer), pointer, KIND));
    }
    return List.copyOf(kinds);
  }

  private static String matching(String value, String pointer, Pattern form) {
    if (!form.matcher(value).matches()) {
      throw Fields.invalid(pointer, "This is written as " + form.pattern());
    }
    return value;
  }
}
