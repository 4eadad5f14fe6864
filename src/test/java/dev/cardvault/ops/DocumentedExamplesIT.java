package dev.cardvault.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cardvault.testing.DemoService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents tell a reader to type, typed: each page's examples in order, in one shell. */
final class DocumentedExamplesIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern BLOCK =
      Pattern.compile("^```(sh|json)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final String END = "@@ end of example ";

  /** Its own: a reader's cards have no tokens yet. */
  @SuppressWarnings("NullAway.Init")
  private static DemoService service;

  @TempDir private Path folder;

  /**
   * An example.
   *
   * @param script what is typed
   * @param answer what the page says of the answer
   */
  private record Example(String script, @Nullable String answer) {}

  @BeforeAll
  static void start() {
    service = DemoService.untouched();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docs/api-guide.md",
        "docs/getting-started-ivr.md",
        "docs/getting-started-billing.md",
        "docs/getting-started-compliance.md"
      })
  void doWhatThePageSays(String page) throws Exception {
    List<Example> examples = examples(Files.readString(Path.of(page)));
    assertTrue(examples.size() > 2, page);
    List<String> outputs = typed(examples);
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      String output = outputs.get(i);
      int status = output.lastIndexOf(END) + END.length();
      assertEquals("0", output.substring(status).strip(), example.script() + "\n" + output);
      String said = output.substring(0, output.lastIndexOf(END));
      assertFalse(said.contains("\"code\":\"internal\""), said);
      if (example.answer() != null) {
        assertShape(example.script(), JSON.readTree(example.answer()), lastJson(said));
      } else if (example.script().stripTrailing().matches("(?s).*\\| field [a-z_]+")) {
        assertTrue(said.lines().noneMatch(String::isBlank) && !said.isBlank(), example.script());
      }
    }
  }

  private static List<Example> examples(String page) {
    List<Example> examples = new ArrayList<>();
    Matcher block = BLOCK.matcher(page);
    while (block.find()) {
      if (block.group(1).equals("sh")) {
        examples.add(new Example(block.group(2), null));
      } else {
        Example asked = examples.remove(examples.size() - 1);
        assertTrue(asked.answer() == null, "one answer an example");
        examples.add(new Example(asked.script(), block.group(2)));
      }
    }
    return examples;
  }

  private List<String> typed(List<Example> examples) throws IOException, InterruptedException {
    StringBuilder script = new StringBuilder();
    for (Example example : examples) {
      script.append(example.script()).append("echo \"").append(END).append("$?\"\n");
    }
    Path file = Files.writeString(folder.resolve("typed.sh"), script);
    ProcessBuilder shell = new ProcessBuilder("sh", file.toString()).redirectErrorStream(true);
    shell.directory(folder.toFile());
    shell.environment().putAll(service.environment());
    Process process = shell.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    List<String> outputs = new ArrayList<>();
    for (int at = 0; at < output.length(); ) {
      int end = output.indexOf('\n', output.indexOf(END, at)) + 1;
      assertTrue(end > 0, output);
      outputs.add(output.substring(at, end));
      at = end;
    }
    assertEquals(examples.size(), outputs.size(), output);
    return outputs;
  }

  private static JsonNode lastJson(String output) throws JsonProcessingException {
    List<String> answers = output.lines().filter(line -> line.startsWith("{")).toList();
    assertFalse(answers.isEmpty(), output);
    return JSON.readTree(answers.get(answers.size() - 1));
  }

  /** Whether the answer has each field that the page shows, of the same kind. */
  private static void assertShape(String at, JsonNode shown, JsonNode answered) {
    assertEquals(shown.getNodeType(), answered.getNodeType(), at + ": " + answered);
    shown
        .properties()
        .forEach(
            field -> {
              String below = at + "." + field.getKey();
              assertTrue(answered.has(field.getKey()), below + " is not in " + answered);
              assertShape(below, field.getValue(), answered.get(field.getKey()));
            });
    if (shown.isArray()) {
      assertTrue(shown.size() <= answered.size(), at + ": " + answered);
      for (int i = 0; i < shown.size(); i++) {
        assertShape(at + "[" + i + "]", shown.get(i), answered.get(i));
      }
    }
    if (shown.isTextual() && at.endsWith(".code")) {
      assertEquals(shown, answered, at);
    }
  }
}
