package dev.cardvault.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class AuditLeafTest {

  private static final Map<String, String> EVENT =
      Map.of(
          "id",
          "evt_0190",
          "at",
          "2026-11-25T08:00:00.000Z",
          "tenant",
          "t",
          "action",
          "TOKENIZE",
          "outcome",
          "GRANTED");

  private static AuditLeaf leaf(Map<String, String> committed) {
    return new AuditLeaf(
        7,
        3,
        Instant.parse("2026-11-25T08:00:00.120Z"),
        new TreeMap<>(EVENT),
        new TreeMap<>(committed));
  }

  @Test
  void hasOneForm() {
    byte[] bytes = leaf(Map.of("actor", "c29tZQ==")).bytes();
    assertEquals(
        "{\"committed\":{\"actor\":\"c29tZQ==\"},\"event\":{\"action\":\"TOKENIZE\","
            + "\"at\":\"2026-11-25T08:00:00.000Z\",\"id\":\"evt_0190\",\"outcome\":\"GRANTED\","
            + "\"tenant\":\"t\"},\"index\":7,\"number\":3,"
            + "\"sequenced_at\":\"2026-11-25T08:00:00.120Z\",\"v\":1}",
        new String(bytes, StandardCharsets.UTF_8));
    assertArrayEquals(bytes, AuditLeaf.parse(bytes).bytes());
  }

  @Test
  void refusesWhatIsNoLeaf() {
    String whole = new String(leaf(Map.of()).bytes(), StandardCharsets.UTF_8);
    for (String other :
        List.of(
            whole.replace("\"v\":1", "\"v\":2"),
            whole.replace("\"number\":3", "\"number\":0"),
            whole.replace("\"index\":7", "\"index\":\"7\""),
            whole.replace(".120Z", ".12Z"),
            whole.replace("\"id\":\"evt_0190\",", ""),
            whole.replace(",\"v\":1", ""),
            whole.replace("\"v\":1", "\"v\":1,\"w\":1"))) {
      byte[] bytes = other.getBytes(StandardCharsets.UTF_8);
      assertThrows(IllegalArgumentException.class, () -> AuditLeaf.parse(bytes), other);
    }
  }

  @Test
  void hasAtMostEightKibibytes() {
    AuditLeaf leaf = leaf(Map.of("actor", "x".repeat(AuditLeaf.LONGEST)));
    assertThrows(IllegalArgumentException.class, leaf::bytes);
  }

  @Test
  void commitsToTextFieldAndSalt() {
    UUID salt = new UUID(0x0102030405060708L, 0x090a0b0c0d0e0f10L);
    // printf '\001...\020actor\0ivr' | sha256sum
    assertEquals(
        "IMyYHuSX1DojoZdqNlQG/O44n2o2w7svpGV8Vhh5HvY=", Commitment.to("actor", "ivr", salt));
    assertNotEquals(Commitment.to("actor", "ivr", salt), Commitment.to("subject", "ivr", salt));
    assertNotEquals(
        Commitment.to("actor", "ivr", salt), Commitment.to("actor", "ivr", new UUID(0, 1)));
  }

  @Test
  void bundlesLeavesThatMayBeHidden() {
    List<byte[]> leaves = List.of(leaf(Map.of()).bytes(), EntryBundle.HIDDEN, new byte[] {1});
    List<byte[]> read = EntryBundle.read(EntryBundle.write(leaves));
    assertEquals(3, read.size());
    for (int i = 0; i < read.size(); i++) {
      assertArrayEquals(leaves.get(i), read.get(i));
    }
    assertThrows(IllegalArgumentException.class, () -> EntryBundle.read(new byte[] {0}));
    assertThrows(IllegalArgumentException.class, () -> EntryBundle.read(new byte[] {0, 2, 1}));
  }
}
