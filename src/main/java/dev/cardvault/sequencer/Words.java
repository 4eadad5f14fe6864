package dev.cardvault.sequencer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What callers and people wrote: free text and addresses, which leaves only commit to. */
final class Words {

  /** Under which name the salt stands beside them. */
  static final String SALT = "salt";

  private static final List<String> FIELDS =
      List.of(SALT, "actor", "source_address", "reference_id", "call_id", "subject");

  private Words() {}

  /** Those of {@code row}, and their salt; nothing once they are forgotten. */
  static SortedMap<String, String> of(ResultSet row) throws SQLException {
    SortedMap<String, String> words = new TreeMap<>();
    for (String field : FIELDS) {
      String text = row.getString(field);
      if (text != null) {
        words.put(field, text);
      }
    }
    return words;
  }
}
