package dev.cardvault.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8785, by our own hand and by the library of one of its authors. */
final class CanonicalJsonTest {

  @Property(tries = 500)
  void agreesWithTheAuthorsOwnLibrary(
      @ForAll String name,
      @ForAll String text,
      @ForAll @LongRange(max = CanonicalJson.MOST) long number)
      throws IOException {
    SortedMap<String, Object> object = new TreeMap<>();
    SortedMap<String, Object> inner = new TreeMap<>();
    inner.put(whole(text), number);
    object.put(whole(name), whole(text));
    object.put("€", inner);
    object.put("\r", "\u000b/<\u20ac\ud83d\ude00");
    byte[] written = CanonicalJson.write(object);
    assertArrayEquals(new JsonCanonicalizer(written).getEncodedUTF8(), written);
    assertEquals(object, CanonicalJson.read(written));
  }

  // Half a surrogate pair is no text.
  private static String whole(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}x",
        " {}",
        "{} ",
        "[]",
        "{\"a\":1,}",
        "{\"a\":01}",
        "{\"a\":1.0}",
        "{\"a\":-1}",
        "{\"a\":9007199254740992}",
        "{\"a\":null}",
        "{\"a\":true}",
        "{\"b\":1,\"a\":1}",
        "{\"a\":1,\"a\":1}",
        "{\"a\": 1}",
        "{\"a\":\"\\/\"}",
        "{\"a\":\"\\u0041\"}",
        "{\"a\":\"\\u000A\"}",
        "{\"a\":\"\\u000a\"}",
        "{\"a\":\"\\u001F\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}",
        "{\"a\":\"\\",
        "{\"a\":\"\\u00",
        "{\"a\":\"\\x\"}"
      })
  void readsNoOtherForm(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThrows(IllegalArgumentException.class, () -> CanonicalJson.read(bytes));
  }

  @Test
  void readsNoBytesThatAreNoText() {
    byte[] bytes = "{\"a\":\"?\"}".getBytes(StandardCharsets.UTF_8);
    bytes[6] = (byte) 0xc0;
    assertThrows(IllegalArgumentException.class, () -> CanonicalJson.read(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\ud83d", "\ude00", "\ud83dx", "\ude00\ud83d", "\ud83d\ude00\ud83d", "\ud83d\n"})
  void writesNoHalfCharacter(String text) {
    SortedMap<String, Object> object = new TreeMap<>();
    object.put("a", text);
    assertThrows(IllegalArgumentException.class, () -> CanonicalJson.write(object));
  }
}
