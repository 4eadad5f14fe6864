package dev.cardvault.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The clients of a tenant as {@code bootstrap} prints them, by role. */
public final class Credentials {

  private final Map<String, Pair> pairs = new LinkedHashMap<>();

  /**
   * Reads {@code {"ivr": {"client_id", "client_secret"}, ...}}; what else is there is passed by.
   */
  public static Credentials ofJson(String json) {
    try {
      Credentials credentials = new Credentials();
      new ObjectMapper()
          .readTree(json)
          .properties()
          .forEach(entry -> credentials.add(entry.getKey(), entry.getValue()));
      return credentials;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String role, JsonNode node) {
    if (node.has("client_id")) {
      pairs.put(role, new Pair(node.get("client_id").asText(), node.get("client_secret").asText()));
    }
  }

  /** The roles there are. */
  public Set<String> roles() {
    return pairs.keySet();
  }

  /** The client of that role. */
  public Pair of(String role) {
    Pair pair = pairs.get(role);
    if (pair == null) {
      throw new IllegalArgumentException("No client " + role + " among " + roles());
    }
    return pair;
  }

  /**
   * What a client logs in with.
   *
   * @param id its id
   * @param secret its secret
   */
  public record Pair(String id, String secret) {}
}
