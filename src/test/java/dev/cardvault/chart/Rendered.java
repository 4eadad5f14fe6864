package dev.cardvault.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The objects of one rendering.
 *
 * @param objects in Helm's order
 */
record Rendered(List<JsonNode> objects) {

  /** All of a kind. */
  List<JsonNode> of(String kind) {
    return objects.stream().filter(object -> kind.equals(object.path("kind").asText())).toList();
  }

  /** The only one of a kind. */
  JsonNode one(String kind) {
    List<JsonNode> found = of(kind);
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " objects of kind " + kind);
    }
    return found.get(0);
  }

  /** The pods that its controllers make, by the controller's kind. */
  Map<String, JsonNode> pods() {
    Map<String, JsonNode> pods = new TreeMap<>();
    for (JsonNode object : objects) {
      JsonNode template = object.at("/spec/template");
      if (template.has("spec")) {
        pods.put(object.path("kind").asText(), template);
      }
    }
    return pods;
  }

  /** The pod that the controller of this kind makes. */
  JsonNode pod(String controller) {
    return Optional.ofNullable(pods().get(controller)).orElseThrow();
  }

  /** The containers of a pod, those that prepare it included. */
  static List<JsonNode> containers(JsonNode pod) {
    List<JsonNode> all = new ArrayList<>();
    pod.at("/spec/initContainers").forEach(all::add);
    pod.at("/spec/containers").forEach(all::add);
    return all;
  }

  /** A container's environment. */
  static Map<String, JsonNode> environment(JsonNode container) {
    Map<String, JsonNode> variables = new TreeMap<>();
    container.path("env").forEach(entry -> variables.put(entry.path("name").asText(), entry));
    return variables;
  }

  /** Everything below {@code node}, itself included. */
  static Stream<JsonNode> within(JsonNode node) {
    return Stream.concat(Stream.of(node), stream(node).flatMap(Rendered::within));
  }

  /** The values of an array or object. */
  static Stream<JsonNode> stream(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false);
  }

  /** Whether the labels of {@code pod} are those that {@code selector} asks for. */
  static boolean selects(JsonNode selector, JsonNode pod) {
    JsonNode labels = pod.at("/metadata/labels");
    return !selector.isEmpty()
        && selector.properties().stream()
            .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())));
  }

  /** A text somewhere in {@code node}, when it is there. */
  static Optional<String> text(JsonNode node, String pointer) {
    return Optional.of(node.at(pointer)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }
}
