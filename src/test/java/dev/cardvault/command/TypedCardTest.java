package dev.cardvault.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cardvault.ops.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TypedCardTest {

  @Test
  void takesTheDigitsOfOneLine() throws IOException {
    try (TypedCard card = typed("4111 1111-1111 1111\r\nmore\n")) {
      assertArrayEquals("4111111111111111".getBytes(StandardCharsets.US_ASCII), card.digits());
      assertFalse(card.toString().contains("1111"));
    }
  }

  @Test
  void isGoneOnceClosed() throws IOException {
    TypedCard card = typed("4111111111111111");
    card.close();
    assertArrayEquals(new byte[16], card.digits());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "4111x11111111111", "４１１１１１１１１１１１１１１１"})
  void takesNothingElse(String line) {
    CommandFailed refused = assertThrows(CommandFailed.class, () -> typed(line));
    assertEquals(ExitCode.REFUSED, refused.exitCode());
    assertFalse(String.valueOf(refused.getMessage()).contains("4111"));
  }

  @Test
  void readsNoEndlessLine() {
    assertThrows(CommandFailed.class, () -> typed("4".repeat(65)));
  }

  private static TypedCard typed(String input) throws IOException {
    return TypedCard.ofLine(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
  }
}
