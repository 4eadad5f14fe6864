package dev.cardvault.api;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Events whose words are to be forgotten.
 *
 * @param events their ids, 1 to 1,000
 * @param basis why, 1 to 200 characters
 */
record AuditErasureFields(@Nullable List<@Nullable String> events, @Nullable String basis) {

  private static final int MOST = 1_000;
  private static final int LONGEST = 200;

  List<UUID> checkedEvents() {
    List<@Nullable String> given = Fields.required(events, "/events");
    if (given.isEmpty() || given.size() > MOST) {
      throw Fields.invalid("/events", "These are 1 to 1,000 events");
    }
    List<UUID> ids = new ArrayList<>(given.size());
    for (int i = 0; i < given.size(); i++) {
      String pointer = "/events/" + i;
      UUID id = Fields.idIfAny(Fields.required(given.get(i), pointer), "evt");
      if (id == null) {
        throw Fields.invalid(pointer, "An event's id is evt_ and a UUID");
      }
      ids.add(id);
    }
    return ids;
  }

  String checkedBasis() {
    return Fields.text(Fields.required(basis, "/basis"), "/basis", LONGEST);
  }
}
