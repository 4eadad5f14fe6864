package dev.cardvault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keeps docs/threat-model.md whole: no flow without its six questions, no answer without a test.
 */
final class ThreatModelTest {

  private static final Path PAGE = Path.of("docs/threat-model.md");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|IT|Contract))\\.(\\w+)`");
  private static final Pattern INVARIANT = Pattern.compile("INV-\\d+");
  private static final Pattern DEFINED = Pattern.compile("(?m)^\\| (INV-\\d+) \\|");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([STRIDE]) \\| (.*)$");

  private final String page = read(PAGE);

  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    Map<String, String> sources;
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .collect(
                  Collectors.toMap(
                      file -> file.getFileName().toString().replace(".java", ""),
                      ThreatModelTest::read,
                      (one, other) -> one + other));
    }
    Set<String> missing = new TreeSet<>();
    TEST.matcher(page)
        .results()
        .filter(
            named -> !sources.getOrDefault(named.group(1), "").contains(" " + named.group(2) + "("))
        .forEach(named -> missing.add(named.group()));
    assertEquals(Set.of(), missing);
  }

  @Test
  void everyThreatIsAnsweredByATestOrCalledOpen() {
    List<String> unanswered = new ArrayList<>();
    for (String flow : flows()) {
      ROW.matcher(flow)
          .results()
          .map(row -> row.group(2))
          .filter(row -> !TEST.matcher(row).find())
          .filter(row -> !row.contains("**open**") && !row.endsWith("| not ours to test |"))
          .forEach(unanswered::add);
    }
    assertEquals(List.of(), unanswered);
  }

  @Test
  void everyFlowIsAskedAllSixQuestions() {
    for (String flow : flows()) {
      Set<String> asked = new LinkedHashSet<>();
      ROW.matcher(flow).results().forEach(row -> asked.add(row.group(1)));
      assertEquals(Set.of("S", "T", "R", "I", "D", "E"), asked, flow);
    }
  }

  private List<String> flows() {
    String all = page.substring(page.indexOf("## Data flows"), page.indexOf("## Invariants"));
    List<String> flows =
        Stream.of(all.split("(?m)^### ")).filter(flow -> flow.contains("| shown by |")).toList();
    assertTrue(flows.size() > 10, "the flows");
    return flows;
  }

  @Test
  void everyInvariantHasOneMeaning() {
    List<String> defined =
        DEFINED.matcher(page).results().map(invariant -> invariant.group(1)).toList();
    assertEquals(defined.size(), Set.copyOf(defined).size(), "given twice");
    Set<String> undefined = new TreeSet<>();
    INVARIANT.matcher(page).results().forEach(named -> undefined.add(named.group()));
    undefined.removeAll(Set.copyOf(defined));
    assertEquals(Set.of(), undefined);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
