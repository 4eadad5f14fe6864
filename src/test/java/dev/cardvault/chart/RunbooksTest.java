package dev.cardvault.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Whoever is woken by an alert finds what to do. */
final class RunbooksTest {

  private static final Path PAGE = Path.of("docs/operations.md");
  private static final List<String> PARTS =
      List.of("**You see:**", "**It means:**", "**First five minutes:**", "**Over when:**");

  @Test
  void everyAlertHasARunbookAndEveryRunbookAnAlert() throws IOException {
    List<String> alerts = alerts().stream().map(rule -> rule.path("alert").asText()).toList();
    List<String> runbooks =
        Files.readString(PAGE)
            .lines()
            .filter(line -> line.startsWith("### "))
            .map(line -> line.substring(4))
            .toList();
    assertEquals(alerts, runbooks);
  }

  @Test
  void everyRunbookTellsItsFourParts() throws IOException {
    String[] sections = Files.readString(PAGE).split("(?m)^### ", -1);
    assertTrue(sections.length > 1);
    for (int i = 1; i < sections.length; i++) {
      for (String part : PARTS) {
        assertTrue(sections[i].contains(part), part + " of " + sections[i].lines().findFirst());
      }
    }
  }

  @Test
  void everyAlertSaysHowBadItIsAndWhereToRead() throws IOException {
    for (JsonNode rule : alerts()) {
      String name = rule.path("alert").asText();
      assertTrue(
          rule.at("/labels/severity").asText().matches("critical|warning"), name + ": severity");
      assertTrue(rule.at("/annotations").has("summary"), name + ": summary");
      assertTrue(rule.at("/annotations").has("description"), name + ": description");
      assertEquals(
          "docs/operations.md#" + name.toLowerCase(Locale.ROOT),
          rule.at("/annotations/runbook_url").asText());
    }
  }

  private static List<JsonNode> alerts() throws IOException {
    JsonNode file =
        new ObjectMapper(new YAMLFactory())
            .readTree(Path.of("helm/monitoring/alerts.yaml").toFile());
    List<JsonNode> rules = new ArrayList<>();
    file.path("groups").forEach(group -> group.path("rules").forEach(rules::add));
    return rules;
  }
}
