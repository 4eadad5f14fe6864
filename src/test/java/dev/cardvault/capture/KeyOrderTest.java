package dev.cardvault.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KeyOrderTest {

  private final KeyOrder order = new KeyOrder();

  private String offer(long seq, String keys) {
    List<byte[]> ready = order.offer(seq, Keypad.ascii(keys));
    return ready.stream()
        .map(batch -> new String(batch, StandardCharsets.US_ASCII))
        .collect(Collectors.joining());
  }

  @Test
  void putsKeysInOrderAndDropsThoseThatCameTwice() {
    assertEquals("a", offer(1, "a"));
    assertEquals("", offer(3, "c"));
    assertFalse(order.isPast(3));
    assertEquals("", offer(3, "x"));
    assertEquals("", offer(1, "a"));
    assertEquals("bc", offer(2, "b"));
    assertTrue(order.isPast(3));
    assertEquals(4, order.expected());
  }

  @Test
  void forgetsWhatWaitedTooLong() {
    byte[] early = Keypad.ascii("7");
    order.offer(2, early);
    order.giveUp(2);
    assertArrayEquals(new byte[1], early);
    assertEquals("a", offer(1, "a"));
    assertFalse(order.isPast(2));
    assertEquals("b", offer(2, "b"));
  }

  @Test
  void wipesWhatItDrops() {
    offer(1, "a");
    byte[] twice = Keypad.ascii("1");
    order.offer(1, twice);
    assertArrayEquals(new byte[1], twice);
    byte[] waiting = Keypad.ascii("1");
    order.offer(9, waiting);
    order.close();
    assertArrayEquals(new byte[1], waiting);
  }

  @Test
  void letsSixteenBatchesWait() {
    for (int seq = 2; seq < 30; seq++) {
      offer(seq, "x");
    }
    assertEquals("a" + "x".repeat(KeyOrder.MOST_WAITING), offer(1, "a"));
  }
}
