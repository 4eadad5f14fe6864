package dev.cardvault.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cardvault.ops.ExitCode;
import dev.cardvault.testing.ServiceNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the packaged jar that ask a running service. */
final class ClientCommandsIT {

  private static final String CARD = "4111 1111-1111 1111";
  private static final String DIGITS = "4111111111111111";

  @TempDir static Path folder;

  private static ServiceNode service;
  private static Map<String, String> here;

  @BeforeAll
  static void start() {
    Path data = folder.resolve("data");
    here =
        new HashMap<>(
            Map.of(
                "CARDVAULT_DATA", data.toString(),
                "XDG_CONFIG_HOME", folder.resolve("config").toString()));
    service =
        ServiceNode.with()
            .env("CARDVAULT_DATA", data.toString())
            .arguments("-Dquarkus.profile=embedded")
            .startReady();
  }

  @AfterAll
  static void stop() {
    service.terminate();
    service.awaitExit(Duration.ofSeconds(20));
  }

  @Test
  void aCardBecomesATokenAndBackAndTheLogTellsOfIt() throws Exception {
    JsonNode made = json(ask(CARD + "\n", "tokens", "create", "--json"));
    String token = made.at("/token").asText();

    Typed masked =
        ask("", "tokens", "detokenize", token, "--purpose", "support", "--reference", "case:c-1");
    assertTrue(masked.output().matches("(?s).*card.masked +•{8,}1111\n.*"), masked.output());
    assertFalse(masked.output().contains(DIGITS), "the number is shown on request alone");

    Typed full =
        ask(
            "",
            "tokens",
            "detokenize",
            token,
            "--reveal",
            "full",
            "--purpose",
            "recurring",
            "--reference",
            "invoice:inv-7");
    assertTrue(full.output().contains("card.number           " + DIGITS + "\n"), full.output());
    assertEquals("", full.errors());

    Typed events = ask("", "audit", "events", "--reference", "inv-7");
    assertTrue(events.output().startsWith("AT "), events.output());
    assertTrue(
        events.output().matches("(?s).*DETOKENIZE +GRANTED +billing +recurring +inv-7.*"),
        events.output());
    String event = json(ask("", "audit", "events", "--json")).at("/data/0/id").asText();
    assertTrue(ask("", "audit", "event", event).output().contains(event));
  }

  @Test
  void aTokenLivesAndDies() throws Exception {
    String token =
        json(ask("5555555555554444", "tokens", "create", "--json", "--expiry", "2031-04"))
            .at("/token")
            .asText();
    assertTrue(ask("", "tokens", "get", token).output().contains("card.exp_year         2031"));
    assertTrue(
        ask("", "tokens", "suspend", token, "--reason", "lost").output().contains("suspended"));
    Typed shut =
        type("", "tokens", "detokenize", token, "--purpose", "support", "--reference", "case:c-1");
    assertEquals(ExitCode.REFUSED.status(), shut.status());
    assertTrue(shut.errors().startsWith("token-suspended: "), shut.errors());
    assertTrue(ask("", "tokens", "resume", token, "--reason", "found").output().contains("active"));
    assertTrue(ask("5555555555554444", "tokens", "lookup").output().contains(token));
    assertEquals(ExitCode.USAGE.status(), type("", "tokens", "erase", token).status());
    assertEquals("Erased.\n", ask("", "tokens", "erase", token, "--yes").output());
    assertTrue(
        ask("", "tokens", "list", "--all", "--last4", "4444", "--brand", "mastercard")
            .output()
            .startsWith("TOKEN "));
  }

  @Test
  void keysAndClientsAreListedWithoutSecrets() throws Exception {
    assertTrue(ask("", "keys", "list").output().contains("access_token"));
    String clients = ask("", "clients", "list").output();
    assertTrue(clients.contains("compliance") && clients.contains("audit:read"), clients);
    String id = json(ask("", "clients", "list", "--json")).at("/data/0/id").asText();
    assertTrue(ask("", "clients", "get", id).output().contains(id));
    String secret =
        new ObjectMapper()
            .readTree(Path.of(here.get("CARDVAULT_DATA"), "credentials.json").toFile())
            .at("/admin/client_secret")
            .asText();
    assertFalse(clients.contains(secret));
  }

  @Test
  void eachWayToFailHasItsStatus() throws Exception {
    assertEquals(ExitCode.NOT_FOUND.status(), type("", "tokens", "get", "9792018835071").status());
    assertEquals(
        ExitCode.NOT_ALLOWED.status(), type("", "audit", "events", "--as", "billing").status());
    Typed noCard = type("4111111111111112\n", "tokens", "create");
    assertEquals(ExitCode.REFUSED.status(), noCard.status());
    assertTrue(noCard.errors().startsWith("luhn-failed: "), noCard.errors());
    assertFalse(noCard.errors().contains("411111"), "nothing typed is repeated");
    assertEquals(ExitCode.REFUSED.status(), type("my card\n", "tokens", "create").status());
    assertEquals(
        ExitCode.USAGE.status(), type(DIGITS, "tokens", "create", DIGITS).status(), "no argument");
    assertEquals(
        ExitCode.USAGE.status(),
        run("", "keys", "list", "--url", "http://192.0.2.1:8080").status(),
        "no secret in clear over a network");
  }

  @Test
  void aProfileSaysWhereAndAsWhom() throws Exception {
    Path profiles = Files.createDirectories(folder.resolve("config/cardvault"));
    Path credentials = profiles.resolve("acme.json");
    Files.copy(Path.of(here.get("CARDVAULT_DATA"), "credentials.json"), credentials);
    Files.writeString(
        profiles.resolve("acme.properties"),
        "url=" + service.api() + "\ncredentials=acme.json\nclient=compliance\n");

    assertTrue(run("", "audit", "events", "--profile", "acme").output().startsWith("AT "));

    Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rw-r-----"));
    Typed open = run("", "audit", "events", "--profile", "acme");
    assertEquals(ExitCode.CONFIGURATION.status(), open.status());
    assertTrue(open.errors().contains("chmod 600"), open.errors());
    assertEquals(
        ExitCode.CONFIGURATION.status(), run("", "keys", "list", "--profile", "none").status());
  }

  private static Typed ask(String input, String... arguments) throws Exception {
    Typed typed = type(input, arguments);
    assertEquals(0, typed.status(), typed.errors());
    return typed;
  }

  /** A command that asks the service of this test. */
  private static Typed type(String input, String... arguments) throws Exception {
    String[] asked = Arrays.copyOf(arguments, arguments.length + 2);
    asked[arguments.length] = "--url";
    asked[arguments.length + 1] = service.api().toString();
    return run(input, asked);
  }

  private static Typed run(String input, String... arguments) throws Exception {
    return Typed.run(here, input, arguments);
  }

  private static JsonNode json(Typed typed) throws Exception {
    return new ObjectMapper().readTree(typed.output());
  }
}
