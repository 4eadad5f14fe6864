package dev.cardvault.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cardvault.clients.FirstTenant.Role;
import dev.cardvault.clients.NewSecret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** What each role logs in with, as JSON with one role a line. */
final class CredentialsJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private CredentialsJson() {}

  static String of(Map<Role, NewSecret> secrets) {
    StringJoiner lines = new StringJoiner(",\n  ", "{\n  ", "\n}\n");
    secrets.forEach(
        (role, secret) -> lines.add(json(role.clientName()) + ": " + json(login(secret))));
    return lines.toString();
  }

  private static Map<String, String> login(NewSecret secret) {
    Map<String, String> login = new LinkedHashMap<>();
    login.put("client_id", secret.client().id());
    login.put("client_secret", secret.secret().reveal());
    return login;
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts are always JSON", e);
    }
  }
}
