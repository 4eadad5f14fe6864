package dev.cardvault.command;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.cardvault.ops.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** How answers look. No value of an answer that may hold a card becomes a String on its way. */
final class Shown {

  private static final String GAP = "  ";
  private static final int NAMES = 20;

  private Shown() {}

  /** An answer as it came, for programs. */
  static void json(byte[] body, PrintWriter out) {
    CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(body));
    out.write(text.array(), 0, text.limit());
    out.println();
    out.flush();
    Arrays.fill(text.array(), ' ');
  }

  /** One thing, a field a line; what it does not have is left out. */
  static void fields(byte[] body, PrintWriter out) {
    try (JsonParser parser = Json.MAPPER.getFactory().createParser(body)) {
      while (parser.nextToken() != null) {
        JsonToken token = parser.currentToken();
        if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
          String name = parser.getParsingContext().pathAsPointer().toString().substring(1);
          out.print(padded(name.replace('/', '.'), NAMES) + GAP);
          out.write(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
          out.println();
        }
      }
      out.flush();
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.FAILED, "What answers there is no Cardvault");
    }
  }

  /** Many things, one a line, in columns as wide as they must be. */
  static void table(Iterable<JsonNode> entries, List<Column> columns, PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(columns.stream().map(Column::head).toList());
    for (JsonNode entry : entries) {
      rows.add(columns.stream().map(column -> Json.text(entry, column.pointer())).toList());
    }
    int[] widths =
        IntStream.range(0, columns.size())
            .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toArray();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(padded(row.get(i), widths[i])).append(GAP);
      }
      out.println(line.toString().stripTrailing());
    }
    out.flush();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
