package dev.cardvault.card;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class PublishedTestCardsTest {

  @Test
  void knowsEachNumberThatIsPublished() {
    for (TestPans.Published published : TestPans.all()) {
      assertTrue(PublishedTestCards.contains(published.bytes()), published.digits());
    }
  }

  @Test
  void knowsNobodysCard() {
    for (String number : new String[] {"", "4000010000000001", "3065930009020004", "4111"}) {
      assertFalse(PublishedTestCards.contains(number.getBytes(StandardCharsets.US_ASCII)), number);
    }
  }
}
