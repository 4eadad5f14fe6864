package dev.cardvault.chart;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an expression of Prometheus asks for: its metrics, and the labels by which it picks and
 * groups their series.
 */
final class Expression {

  // Grouping clauses, functions, numbers and durations are no metrics; a selector stands after one.
  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
  private static final Pattern SELECTOR =
      Pattern.compile(
          "(?<![a-zA-Z0-9_:.])([a-zA-Z_:][a-zA-Z0-9_:]*)(?![a-zA-Z0-9_:])\\s*(?:\\{([^}]*)})?");
  private static final Pattern MATCHER =
      Pattern.compile("([a-zA-Z_]\\w*)\\s*(=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool");

  private final String text;

  Expression(String text) {
    this.text = text;
  }

  /**
   * One condition on a label.
   *
   * @param operator {@code =}, {@code !=}, {@code =~} or {@code !~}
   */
  record Condition(String label, String operator, String value) {}

  /** The conditions under which each metric is read. */
  Map<String, List<Condition>> metrics() {
    Map<String, List<Condition>> metrics = new TreeMap<>();
    String rest = GROUPING.matcher(text).replaceAll(" ").replaceAll("\\[[^]]*]", " ");
    rest = rest.replaceAll("offset\\s+\\w+", " ");
    Matcher found = SELECTOR.matcher(rest);
    while (found.find()) {
      boolean bare = found.group(2) == null;
      if (!WORDS.contains(found.group(1)) && !(bare && isFunction(rest, found.end()))) {
        metrics.put(found.group(1), bare ? List.of() : conditions(found.group(2)));
      }
    }
    return metrics;
  }

  /** The labels by which results are grouped. */
  Set<String> groups() {
    Set<String> labels = new LinkedHashSet<>();
    Matcher found = GROUPING.matcher(text);
    while (found.find()) {
      for (String label : found.group(1).split(",", -1)) {
        labels.add(label.strip());
      }
    }
    labels.remove("");
    return labels;
  }

  private static boolean isFunction(String rest, int end) {
    return rest.substring(end).stripLeading().startsWith("(");
  }

  private static List<Condition> conditions(String matchers) {
    return MATCHER
        .matcher(matchers)
        .results()
        .map(m -> new Condition(m.group(1), m.group(2), m.group(3)))
        .toList();
  }
}
