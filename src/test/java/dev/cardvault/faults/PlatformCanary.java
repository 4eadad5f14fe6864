package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cardvault.testing.AgiPeer;
import dev.cardvault.testing.ConnectInput;
import dev.cardvault.testing.ServiceNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Plants card numbers and security codes wherever a telephony platform has room for one. */
final class PlatformCanary {

  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final ServiceNode node;
  private final VaultClient client;
  private final Canary canary;

  PlatformCanary(ServiceNode node, VaultClient client, Canary canary) {
    this.node = node;
    this.client = client;
    this.canary = canary;
  }

  void plantEverywhere() {
    for (String vendor : List.of("twilio", "telnyx", "signalwire")) {
      plantInPayConnector(vendor, connector("pay-connector", ",\"vendor\":\"" + vendor + "\""));
    }
    plantInAmazonConnect(connector("amazon-connect", ""));
    for (String answer : List.of("data", "voicexml", "httapi")) {
      plantInForm(connector("form", ",\"answer\":\"" + answer + "\""));
    }
  }

  /** The same for Asterisk, which connects to {@code port}. */
  void plantInFastAgi(int port) {
    String argument =
        connector("fastagi", ",\"opens_captures\":true")
            .path("enter")
            .path("agi_argument")
            .asText();
    String number = plant("FastAGI");
    try (AgiPeer asterisk = new AgiPeer(port).header("call-1", argument)) {
      assertEquals("completed", asterisk.press(number + "#1230#").get("VAULT_STATUS"));
    }
    String refused = plant("FastAGI, refused");
    try (AgiPeer asterisk = new AgiPeer(port).header("call-2", argument)) {
      asterisk.press((refused.substring(0, 15) + "#").repeat(3));
    }
    String abandoned = plant("FastAGI, abandoned").substring(0, 15);
    canary.search().add("FastAGI, as far as keyed", abandoned);
    try (AgiPeer asterisk = new AgiPeer(port).header("call-3", argument).pressAndStop(abandoned)) {
      asterisk.say("HANGUP\n");
    }
    for (String line : List.of("agi_callerid: @\n\n", "agi_arg_1: @\n\n", "@\n", "agi_@: x\n\n")) {
      try (AgiPeer asterisk = new AgiPeer(port).say(line.replace("@", plant("AGI " + line)))) {
        asterisk.hear();
      }
    }
  }

  private JsonNode connector(String kind, String more) {
    Answer made =
        client
            .post(
                "admin",
                "/v1/connectors",
                "{\"name\":\"c-"
                    + UUID.randomUUID()
                    + "\",\"mode\":\"live\",\"kind\":\""
                    + kind
                    + "\""
                    + more
                    + "}")
            .join();
    assertEquals(201, made.status(), made.toString());
    return made.json();
  }

  private void plantInPayConnector(String vendor, JsonNode connector) {
    String method = vendor.equals("signalwire") ? "credit-card" : "tokenize";
    String good = payBody(method, "t-" + UUID.randomUUID(), plant(vendor));
    Answer made = post(connector, JSON, good);
    assertTrue(!made.field("token_id").isEmpty(), made.toString());
    for (String template :
        List.of(
            payBody(method, "t", "@") + "x",
            payBody("@", "t", "4111111111111111"),
            payBody(method, "@", "4111111111111111"),
            payBody(method, "t", "@ 4"),
            payBody(method, "t", "@").replace("}", ""),
            payBody(method, "t", "4111111111111111").replace("12345", "@"),
            "{\"cardnumber\":@}",
            "{\"cardnumber\":[\"@\"]}",
            "{\"cardnumber\":{\"@\":1}}",
            "{\"method\":\"" + method + "\",\"bankaccountnumber\":\"@\",\"routingnumber\":\"@\"}",
            "{\"parameters\":{\"call_id\":\"@\",\"note\":\"@\",\"@\":\"x\"}}",
            "{\"description\":\"@\",\"expiry_month\":\"@\",\"expiry_year\":@}",
            "{\"chargeAmount\":\"@\",\"amount\":\"@\"}",
            "{\"@\":\"x\"}",
            "@")) {
      canary.note(vendor, post(connector, JSON, template.replace("@", plant(vendor + template))));
    }
    plantRound(connector, JSON, payBody(method, "t", "@"));
  }

  private String payBody(String method, String transaction, String number) {
    return "{\"method\":\""
        + method
        + "\",\"transaction_id\":\""
        + transaction
        + "\",\"cardnumber\":\""
        + number
        + "\",\"cvv\":\""
        + plant("security code")
        + "\",\"expiry_month\":\"12\",\"expiry_year\":\"31\",\"postal_code\":\"12345\","
        + "\"parameters\":{\"cvv\":\""
        + plant("security code")
        + "\"}}";
  }

  private void plantInAmazonConnect(JsonNode connector) {
    JsonNode key = connector.path("input_keys").path(0);
    ConnectInput input =
        new ConnectInput(key.path("certificate").asText(), key.path("key_id").asText());
    String good = "'card_number':'" + input.encrypted(plant("connect")) + "','security_code':'@'";
    Answer made = connect(connector, good);
    assertEquals("completed", made.field("status"), made.toString());
    String code = plant("connect, encrypted code");
    for (String parameters :
        List.of(
            "'card_number':'@'",
            "'card_number':'" + input.encrypted(plant("no card") + "4") + "'",
            "'card_number':'"
                + input.encrypted("4111111111111111")
                + "','security_code':'"
                + input.encrypted(code)
                + "'",
            "'card_number':'"
                + input.encrypted("4111111111111111")
                + "','expiry':'"
                + input.encrypted(plant("as expiry"))
                + "'",
            "'card_number':'" + input.encrypted("4111111111111111") + "','expiry':'@'",
            "'card_number':'" + input.encrypted("4111111111111111") + "','attempt':'@'",
            "'@':'x'",
            "'x':@")) {
      canary.note("connect", connect(connector, parameters));
    }
    plantRound(connector, JSON, ConnectInput.event("@", "'card_number':'@'"));
  }

  private Answer connect(JsonNode connector, String parameters) {
    String body = ConnectInput.event("c-" + UUID.randomUUID(), parameters);
    return post(
        connector,
        JSON,
        body.replace("4111111111111111\"}", plant("attribute") + "\"}")
            .replace("@", plant("connect " + parameters.length())));
  }

  private void plantInForm(JsonNode connector) {
    Answer made =
        post(connector, FORM, "cardnumber=" + plant("form") + "&call_id=1&cvv=" + plant("cvv"));
    assertTrue(made.text().contains("completed"), made.toString());
    for (String template :
        List.of(
            "cardnumber=@%",
            "cardnumber=@4&call_id=1",
            "cardnumber=4111111111111111&call_id=@",
            "cardnumber=4111111111111111&call_id=1&transaction_id=@",
            "cardnumber=4111111111111111&call_id=1&expiry=@",
            "cardnumber=@&cardnumber=@&call_id=1",
            "@=1",
            "@",
            "digits=@&session_id=@")) {
      canary.note("form", post(connector, FORM, template.replace("@", plant("form " + template))));
    }
    plantRound(connector, FORM, "cardnumber=@&call_id=1");
  }

  /** Everything round the body. */
  private void plantRound(JsonNode connector, String mediaType, String body) {
    String path = pathOf(connector);
    canary.note("type", post(connector, "text/plain", body.replace("@", plant("wrong type"))));
    canary.note("GET", send(request(connector, path + "?cardnumber=" + plant("GET")).GET()));
    canary.note(
        "query",
        send(
            request(connector, path + "?" + plant("query"))
                .header("Content-Type", mediaType)
                .POST(BodyPublishers.ofString(body.replace("@", plant("with a query"))))));
    canary.note(
        "stranger",
        send(
            HttpRequest.newBuilder(node.api().resolve(path))
                .header("Content-Type", mediaType)
                .header("Authorization", "Bearer " + plant("a secret"))
                .POST(BodyPublishers.ofString(body.replace("@", plant("a stranger's"))))));
    canary.note(
        "nowhere",
        send(
            request(connector, path + "/" + plant("path"))
                .header("Content-Type", mediaType)
                .POST(BodyPublishers.ofString(body.replace("@", plant("nowhere"))))));
  }

  private Answer post(JsonNode connector, String mediaType, String body) {
    return send(
        request(connector, pathOf(connector))
            .header("Content-Type", mediaType)
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(JsonNode connector, String path) {
    return HttpRequest.newBuilder(node.api().resolve(path))
        .header("Authorization", "Bearer " + connector.path("enter").path("bearer").asText());
  }

  private static Answer send(HttpRequest.Builder request) {
    return VaultClient.send(request.timeout(Canary.LIMIT).build()).join();
  }

  /** Without the secret that SignalWire's address ends with. */
  private static String pathOf(JsonNode connector) {
    String path = URI.create(connector.path("enter").path("url").asText()).getPath();
    return path.replaceFirst("(/con_[0-9a-f-]+).*", "$1");
  }

  private String plant(String label) {
    return canary.plant("platform: " + URLEncoder.encode(label, StandardCharsets.UTF_8));
  }
}
