package dev.cardvault.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cardvault.ops.ExitCode;
import dev.cardvault.testing.DemoService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the packaged jar that ask a running service. */
final class ClientCommandsIT {

  private static final String CARD = "4111 1111-1111 1111";
  private static final String DIGITS = "4111111111111111";

  @TempDir private Path folder;

  private final DemoService service = DemoService.shared();
  private final Map<String, String> here = service.environment();

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
            .readTree(service.credentials().toFile())
            .at("/admin/client_secret")
            .asText();
    assertFalse(clients.contains(secret));
  }

  @Test
  void aCaptureIsOpenedSteeredAndEnded() throws Exception {
    String[] open = {"captures", "open", "--call", "call-77", "--fields", "pan", "--json"};
    JsonNode opened = json(ask("", open));
    String capture = opened.at("/id").asText();
    assertTrue(opened.at("/keys_secret").isTextual());
    assertTrue(ask("", "captures", "get", capture).output().contains(capture));
    assertTrue(ask("", "captures", "command", capture, "cancel").output().contains("next_seq"));
    assertEquals(
        ExitCode.NOT_FOUND.status(), type("", "captures", "command", capture, "ask").status());
    String other = json(ask("", open)).at("/id").asText();
    assertTrue(ask("", "captures", "hang-up", other).output().contains("next_seq"));
  }

  @Test
  void theAuditLogIsExportedByAJob() throws Exception {
    ask("4012888888881881\n", "tokens", "create");
    Path file = folder.resolve("events.ndjson");
    String[] save = {
      "audit", "save", "--from", "2020-01-01T00:00:00Z", "--to", "2100-01-01T00:00:00Z"
    };
    String[] command = Arrays.copyOf(save, save.length + 1);
    command[save.length] = file.toString();

    assertTrue(ask("", command).output().contains("done"));

    assertTrue(Files.readString(file).contains("TOKENIZE"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(ExitCode.EXISTS.status(), type("", command).status());
    String job = json(ask("", "jobs", "list", "--json")).at("/data/0/id").asText();
    assertTrue(ask("", "jobs", "wait", job).output().contains(job));
    assertTrue(ask("", "jobs", "get", job).output().contains("done"));
    assertEquals(
        ExitCode.NOT_ALLOWED.status(), type("", "jobs", "list", "--as", "billing").status());
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
        type("", "keys", "list", "--url", "http://192.0.2.1:8080").status(),
        "no secret in clear over a network");
  }

  @Test
  void aProfileSaysWhereAndAsWhom() throws Exception {
    Path profiles = Files.createDirectories(folder.resolve("cardvault"));
    Path credentials = profiles.resolve("acme.json");
    Files.copy(service.credentials(), credentials);
    Files.writeString(
        profiles.resolve("acme.properties"),
        "url=" + service.node().api() + "\ncredentials=acme.json\nclient=compliance\n");
    Map<String, String> elsewhere = Map.of("XDG_CONFIG_HOME", folder.toString());
    String[] command = {"audit", "events", "--profile", "acme"};

    assertTrue(Typed.run(elsewhere, "", command).output().startsWith("AT "));

    Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rw-r-----"));
    Typed open = Typed.run(elsewhere, "", command);
    assertEquals(ExitCode.CONFIGURATION.status(), open.status());
    assertTrue(open.errors().contains("chmod 600"), open.errors());
    assertEquals(
        ExitCode.CONFIGURATION.status(), type("", "keys", "list", "--profile", "none").status());
  }

  @Test
  void evidenceIsPackedWithItsHashesAndWithoutSecrets() throws Exception {
    Path file = folder.resolve("evidence.zip");
    ask("", "evidence", file.toString());

    Map<String, byte[]> packed = unzipped(file);
    String sums = new String(packed.remove("SHA256SUMS"), StandardCharsets.UTF_8);
    for (String name :
        List.of(
            "version.json",
            "settings.json",
            "separation-of-duties.json",
            "files.json",
            "clients.json",
            "keys.json",
            "audit-events.json",
            "audit-checkpoint.txt",
            "audit-keys.txt")) {
      assertTrue(packed.containsKey(name), name);
    }
    assertEquals(packed.size(), sums.lines().count());
    for (var part : packed.entrySet()) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(part.getValue());
      assertTrue(sums.contains(HexFormat.of().formatHex(hash) + "  " + part.getKey() + "\n"));
    }
    JsonNode secrets = new ObjectMapper().readTree(service.credentials().toFile());
    for (JsonNode login : secrets) {
      String secret = login.get("client_secret").asText();
      packed
          .values()
          .forEach(part -> assertFalse(new String(part, StandardCharsets.UTF_8).contains(secret)));
    }
    JsonNode apart = new ObjectMapper().readTree(packed.get("separation-of-duties.json"));
    assertTrue(apart.get("tokens:detokenize").toString().contains("audit:read"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(ExitCode.EXISTS.status(), type("", "evidence", file.toString()).status());
    Path partial = folder.resolve("partial.zip");
    Typed half = type("", "evidence", partial.toString(), "--as", "compliance");
    assertEquals(ExitCode.FAILED.status(), half.status());
    assertTrue(unzipped(partial).containsKey("missing.txt"), half.errors());
  }

  private static Map<String, byte[]> unzipped(Path file) throws IOException {
    Map<String, byte[]> packed = new HashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        packed.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return packed;
  }

  private Typed ask(String input, String... arguments) throws Exception {
    Typed typed = type(input, arguments);
    assertEquals(0, typed.status(), typed.errors());
    return typed;
  }

  /** A command as whoever sits before the service types it. */
  private Typed type(String input, String... arguments) throws Exception {
    return Typed.run(here, input, arguments);
  }

  private static JsonNode json(Typed typed) throws Exception {
    return new ObjectMapper().readTree(typed.output());
  }
}
