package dev.cardvault.ivr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Asterisk says, line by line. */
final class AgiReplyTest {

  private static AgiReply reply(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
    return AgiReply.of(bytes, bytes.length);
  }

  @ParameterizedTest
  @CsvSource({
    "200 result=52,200,52",
    "200 result=0,200,0",
    "200 result=-1,200,-1",
    "200 result=-1 endpos=4000,200,-1",
    "200 result=1 (a value),200,1",
    "200 result=0 (timeout) endpos=1,200,0",
    "510 Invalid or unknown command,510,-1",
    "511 Command Not Permitted on a dead channel,511,-1",
    "520 End of proper usage.,520,-1"
  })
  void readsWhatAsteriskAnswers(String line, int code, int result) {
    assertEquals(new AgiReply(code, result), reply(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2",
        "200",
        "200 ",
        "200 result",
        "200 result=",
        "200 result=x",
        "hello world",
        "200 result=99999999999",
        "abc def",
        "200result=1",
        "GET / HTTP/1.1"
      })
  void refusesAnythingElse(String line) {
    assertThrows(AgiException.class, () -> reply(line));
  }

  @Test
  void tellsAHangUp() {
    assertTrue(reply("200 result=-1").isHangUp());
    assertTrue(reply("511 dead").isHangUp());
    assertFalse(reply("200 result=0").isHangUp());
    assertFalse(reply("510 unknown").isHangUp());
    assertFalse(reply("510 unknown").isDone());
  }

  @Test
  void printsNoKey() {
    assertFalse(reply("200 result=52").toString().contains("52"));
  }

  @Test
  void putsLinesTogetherFromAnyPiecesAndWipesThem() {
    String text = "agi_a: 1\r\nagi_b: 2\n\n200 result=52\nrest";
    for (int size = 1; size <= text.length(); size++) {
      AgiLines lines = new AgiLines();
      List<String> seen = new ArrayList<>();
      for (int from = 0; from < text.length(); from += size) {
        Buffer chunk = Buffer.buffer(text.substring(from, Math.min(text.length(), from + size)));
        lines.take(
            chunk,
            (bytes, length) -> seen.add(new String(bytes, 0, length, StandardCharsets.US_ASCII)));
        for (int i = 0; i < chunk.length(); i++) {
          assertEquals(0, chunk.getByte(i));
        }
      }
      assertEquals(List.of("agi_a: 1", "agi_b: 2", "", "200 result=52"), seen);
    }
  }

  @Test
  void takesNoEndlessLine() {
    AgiLines lines = new AgiLines();
    assertThrows(
        AgiException.class,
        () -> lines.take(Buffer.buffer("x".repeat(5000)), (bytes, length) -> {}));
  }
}
