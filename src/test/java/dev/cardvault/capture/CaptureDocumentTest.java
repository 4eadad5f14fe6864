package dev.cardvault.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/captures.md} tells of states, and of defaults, is what the code does. */
class CaptureDocumentTest {

  private static final Pattern STATE = Pattern.compile("\\| `([a-z_]+)` \\|.*?(\\(end\\))? \\|");

  @Test
  void tellsEachStateAndWhichAreEnds() throws IOException {
    String text = Files.readString(Path.of("docs", "captures.md"));
    String table =
        text.substring(text.indexOf("<!-- states"), text.indexOf("## What happens to keys"));
    List<String> told =
        table
            .lines()
            .map(STATE::matcher)
            .filter(Matcher::matches)
            .map(row -> row.group(1) + (row.group(2) == null ? "" : " end"))
            .toList();
    assertEquals(
        Stream.of(CaptureState.values())
            .map(state -> state.code() + (state.isEnd() ? " end" : ""))
            .toList(),
        told);
  }

  @Test
  void tellsTheDefaults() throws IOException {
    String text = Files.readString(Path.of("docs", "captures.md"));
    Limits limits = Limits.DEFAULT;
    for (String told :
        List.of(
            limits.firstDigit().toSeconds() + " s to the first digit",
            limits.betweenDigits().toSeconds() + " s between digits",
            "**after " + limits.acceptAfter().toSeconds() + " s**")) {
      assertEquals(true, text.contains(told), told);
    }
    assertEquals(3, limits.attempts());
  }
}
