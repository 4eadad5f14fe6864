package dev.cardvault.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cardvault.chart.Expression.Condition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ExpressionTest {

  @Test
  void tellsMetricsFromFunctionsGroupsAndDurations() {
    Expression expression =
        new Expression(
            "sum by (uri, job) (rate(one_total{job=\"a\",status=~\"5..\"}[5m])) / sum(two) > 100"
                + " + 3 * sum(increase(three{x!=\"y\"}[1h] offset 1w))");
    assertEquals(
        Map.of(
            "one_total",
            List.of(new Condition("job", "=", "a"), new Condition("status", "=~", "5..")),
            "two",
            List.of(),
            "three",
            List.of(new Condition("x", "!=", "y"))),
        expression.metrics());
    assertEquals(Set.of("uri", "job"), expression.groups());
  }

  @Test
  void findsTheMetricOfABareComparison() {
    assertEquals(
        Map.of("up", List.of(new Condition("job", "=", "a"))),
        new Expression("absent(up{job=\"a\"} == 1)").metrics());
  }
}
