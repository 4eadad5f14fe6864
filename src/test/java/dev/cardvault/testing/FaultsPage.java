package dev.cardvault.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes docs/faults.md of the tests that carry a {@link FaultCase} and of their last results. */
public final class FaultsPage {

  /** Where the page is. */
  public static final Path FILE = Path.of("docs", "faults.md");

  private static final Path CLASSES = classes();

  private FaultsPage() {}

  /** The page, with the results of the last run. */
  public static String written() {
    return page(test -> FaultReport.resultOf(test).text());
  }

  /** A page without its results: what must not change without the page. */
  public static String withoutResults(String page) {
    return page.lines()
        .map(line -> line.startsWith("|") ? line.replaceFirst("[^|]*\\|$", "|") : line)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** The numbers of the cases that no test carries. */
  public static List<Integer> untried() {
    List<Method> tests = tests();
    return cases().stream().map(Case::number).filter(n -> of(n, tests).isEmpty()).toList();
  }

  private static String page(Function<Method, String> result) {
    List<Method> tests = tests();
    StringBuilder page = new StringBuilder(text("faults-head.md"));
    String group = "";
    for (Case each : cases()) {
      if (of(each.number(), tests).isEmpty()) {
        continue;
      }
      if (!each.group().equals(group)) {
        group = each.group();
        page.append("\n## ").append(group).append("\n\n");
        page.append("| case | what happens | what is expected | test | promise | result |\n");
        page.append("|---|---|---|---|---|---|\n");
      }
      page.append(rows(each, of(each.number(), tests), result));
    }
    page.append("\n## Not tried yet\n\n");
    List<Integer> untried = untried();
    cases().stream()
        .filter(c -> untried.contains(c.number()))
        .forEach(c -> page.append("- **").append(c.number()).append("** " + c.what() + "\n"));
    return page.toString();
  }

  private static String rows(Case each, List<Method> tests, Function<Method, String> result) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < tests.size(); i++) {
      Method test = tests.get(i);
      Promise promise = test.getAnnotation(Promise.class);
      List<String> cells =
          List.of(
              i == 0 ? Integer.toString(each.number()) : "",
              i == 0 ? each.what() : "",
              i == 0 ? each.expected() : "",
              "`" + test.getDeclaringClass().getSimpleName() + "` " + sentence(test.getName()),
              promise == null ? "" : String.join(" ", promise.value()),
              result.apply(test));
      rows.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
    return rows.toString();
  }

  private static String sentence(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
        .toLowerCase(Locale.ROOT);
  }

  private static List<Method> of(int number, List<Method> tests) {
    return tests.stream()
        .filter(
            t ->
                Arrays.stream(Objects.requireNonNull(t.getAnnotation(FaultCase.class)).value())
                    .anyMatch(n -> n == number))
        .toList();
  }

  // Where this class is too; other kinds of builds have folders of their own.
  private static Path classes() {
    try {
      return Path.of(FaultsPage.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Method> tests() {
    try (Stream<Path> files = Files.walk(CLASSES)) {
      return files
          .map(file -> CLASSES.relativize(file).toString())
          .filter(name -> name.matches(".*(Test|IT)\\.class"))
          .flatMap(name -> methods(name.replaceFirst("\\.class$", "").replace('/', '.')))
          .sorted(Comparator.comparing(FaultReport::nameOf))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Method> methods(String type) {
    try {
      return Arrays.stream(
              Class.forName(type, false, FaultsPage.class.getClassLoader()).getDeclaredMethods())
          .filter(m -> m.isAnnotationPresent(FaultCase.class));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String line : text("faults.tsv").lines().skip(1).toList()) {
      String[] cells = line.split("\t", -1);
      cases.add(new Case(Integer.parseInt(cells[0]), cells[1], cells[2], cells[3]));
    }
    return cases;
  }

  private static String text(String resource) {
    try (InputStream in =
        Objects.requireNonNull(FaultsPage.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One line of faults.tsv. */
  private record Case(int number, String group, String what, String expected) {}
}
