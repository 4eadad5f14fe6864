package dev.cardvault.ledger;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One line of the proven log, in canonical JSON (RFC 8785) of at most 8 KiB. What was asked and
 * answered stands in the clear; what a person or caller wrote stands as commitments ({@link
 * Commitment}), so that a leaf's length is bounded and its words can be forgotten.
 *
 * @param index where it stands in the log, from 0
 * @param number which of its tenant's events it is, from 1 and without gaps
 * @param sequencedAt when it was given its place, to the millisecond; never before an earlier
 *     leaf's
 * @param event the event's fields; not to be changed afterwards
 * @param committed commitments to the event's texts, by field; not to be changed afterwards
 */
public record AuditLeaf(
    long index,
    long number,
    Instant sequencedAt,
    SortedMap<String, String> event,
    SortedMap<String, String> committed) {

  /** The most bytes a leaf has. */
  public static final int LONGEST = 8 * 1024;

  private static final long FORMAT = 1;

  /** Checks its numbers and that the fields every event has are there. */
  public AuditLeaf {
    event = Collections.unmodifiableSortedMap(event);
    committed = Collections.unmodifiableSortedMap(committed);
    if (index < 0 || number < 1) {
      throw new IllegalArgumentException("A leaf has an index from 0 and a number from 1");
    }
    for (String field : new String[] {"action", "at", "id", "outcome", "tenant"}) {
      if (!event.containsKey(field)) {
        throw new IllegalArgumentException("Every event has " + field);
      }
    }
  }

  /** A time as leaves write it: RFC 3339, UTC, three digits of a second's fraction. */
  public static String time(Instant time) {
    return LeafTime.text(time);
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static AuditLeaf parse(byte[] bytes) {
    if (bytes.length > LONGEST) {
      throw new IllegalArgumentException("A leaf has at most 8 KiB");
    }
    SortedMap<String, Object> read = CanonicalJson.read(bytes);
    if (read.size() != 6 || !Long.valueOf(FORMAT).equals(read.get("v"))) {
      throw new IllegalArgumentException("Not a leaf of version 1");
    }
    return new AuditLeaf(
        number(read.get("index")),
        number(read.get("number")),
        instant(read.get("sequenced_at")),
        texts(read.get("event")),
        texts(read.get("committed")));
  }

  /** Its bytes, of which the tree holds the hash. */
  public byte[] bytes() {
    SortedMap<String, Object> leaf = new TreeMap<>();
    leaf.put("committed", committed);
    leaf.put("event", event);
    leaf.put("index", index);
    leaf.put("number", number);
    leaf.put("sequenced_at", time(sequencedAt));
    leaf.put("v", FORMAT);
    byte[] bytes = CanonicalJson.write(leaf);
    if (bytes.length > LONGEST) {
      throw new IllegalArgumentException("A leaf has at most 8 KiB");
    }
    return bytes;
  }

  /** Whose event it is. */
  public String tenant() {
    return field("tenant");
  }

  /** The event's id. */
  public String id() {
    return field("id");
  }

  private String field(String name) {
    String value = event.get(name);
    if (value == null) {
      throw new IllegalStateException("Every event has " + name);
    }
    return value;
  }

  private static long number(@Nullable Object value) {
    if (value instanceof Long number) {
      return number;
    }
    throw new IllegalArgumentException("A number is missing");
  }

  private static Instant instant(@Nullable Object value) {
    if (value instanceof String text) {
      return LeafTime.parse(text);
    }
    throw new IllegalArgumentException("A time is missing");
  }

  @SuppressWarnings("unchecked") // each value is looked at
  private static SortedMap<String, String> texts(@Nullable Object value) {
    if (!(value instanceof SortedMap<?, ?> members)) {
      throw new IllegalArgumentException("An object is missing");
    }
    for (Object member : members.values()) {
      if (!(member instanceof String)) {
        throw new IllegalArgumentException("Fields are texts");
      }
    }
    return (SortedMap<String, String>) members;
  }
}
