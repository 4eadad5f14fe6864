package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.Credentials;
import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.FaultCase;
import dev.cardvault.testing.JvmOnly;
import dev.cardvault.testing.Promise;
import dev.cardvault.testing.ServiceNode;
import dev.cardvault.testing.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** Card numbers are planted wherever a request has room for one, and then looked for everywhere. */
@JvmOnly
final class LeakIT {

  @TempDir private Path folder;

  @Test
  @FaultCase(46)
  void theSearchFindsWhatWasPlantedInALogAndAHeapDump() throws IOException {
    String number = Cards.number(739_184_620);
    PanSearch search = new PanSearch();
    search.add("here", number);
    Path log = Files.writeString(folder.resolve("log"), "{\"message\":\"" + number + "\"}\n");
    assertTrue(search.in(log).contains("here as ASCII"));
    Path dump = folder.resolve("self.hprof");
    HeapDump.of(ProcessHandle.current().pid(), dump);
    assertTrue(search.in(dump).contains("here as ASCII"), number.length() + " digits not found");
  }

  @Test
  @FaultCase(46)
  @Promise("P5")
  void noPlantedNumberIsFoundAnywhereInProduction() throws IOException, SQLException {
    try (Stage stage = Stage.own().proxied().start()) {
      Canary canary = new Canary(stage.node(), stage.client());
      canary.plantEverywhere();
      new PlatformCanary(stage.node(), stage.client(), canary).plantEverywhere();
      plantWhileThingsAreDown(stage, canary);
      assertNothingShows(stage.node(), canary);
      assertEquals(Set.of(), canary.search().in(dumpOf(stage.database())), "found in the database");
      stage.database().execute("CHECKPOINT");
      assertEquals(
          Set.of(),
          canary.search().in(Path.of(Sql.ask(stage.database(), "SHOW data_directory"))),
          "found in data files or the write-ahead log");
    }
  }

  @Test
  @FaultCase(46)
  @Promise("P5")
  void noPlantedNumberIsFoundAnywhereWhenEverythingIsLogged() throws IOException {
    Path data = folder.resolve("data");
    try (ServiceNode node =
        ServiceNode.with()
            .env("QUARKUS_PROFILE", "embedded")
            .env("QUARKUS_LOG_LEVEL", "ALL")
            .env("QUARKUS_LOG_CONSOLE_LEVEL", "ALL")
            .env("CARDVAULT_DATA", data.toString())
            .env("CARDVAULT_FASTAGI_ENABLED", "true")
            .env("CARDVAULT_FASTAGI_PORT", "0")
            .startReady()) {
      Credentials credentials =
          Credentials.ofJson(Files.readString(data.resolve("credentials.json")));
      VaultClient client = new VaultClient(node::api, credentials).login();
      Canary canary = new Canary(node, client);
      canary.plantEverywhere();
      PlatformCanary platforms = new PlatformCanary(node, client, canary);
      platforms.plantEverywhere();
      platforms.plantInFastAgi(fastAgiPort(node));
      assertNothingShows(node, canary);
      node.terminate();
      node.awaitExit(Duration.ofSeconds(20));
      assertEquals(Set.of(), canary.search().in(data), "found in the data folder");
    }
  }

  private static int fastAgiPort(ServiceNode node) {
    Matcher said = Pattern.compile("FastAGI listens on 127.0.0.1:(\\d+)").matcher(node.log());
    assertTrue(said.find(), "FastAGI is on");
    return Integer.parseInt(said.group(1));
  }

  private void assertNothingShows(ServiceNode node, Canary canary) {
    PanSearch search = canary.search();
    assertEquals(Map.of(), canary.leakingAnswers(), "answers that hold a number");
    new Exposure(node, folder)
        .assertHides(
            search,
            HttpRequest.newBuilder(node.api().resolve("/oauth2/token"))
                .timeout(Canary.LIMIT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=nobody&client_secret=nothing"))
                .build());
  }

  private static void plantWhileThingsAreDown(Stage stage, Canary canary) {
    String token = stage.client().tokenize(canary.plant("before")).join().field("token");
    stage.toPostgres().refuse();
    canary.note("no database", stage.client().tokenize(canary.plant("no database")).join());
    canary.note("no database", stage.client().detokenize(token, "down").join());
    stage.toPostgres().heal();
    Eventually.await(
        "database",
        Canary.LIMIT,
        () -> stage.client().tokenize("4111111111111111").join().succeeded());
    stage.world().keyServer().seal();
    Eventually.await(
        "sealed",
        Canary.LIMIT,
        () -> stage.client().tokenize("4111111111111111").join().status() == 503);
    canary.note("sealed", stage.client().tokenize(canary.plant("sealed")).join());
    canary.note("sealed", stage.client().detokenize(token, "sealed").join());
    stage.world().keyServer().unseal();
    Eventually.await(
        "unsealed",
        Canary.LIMIT,
        () -> stage.client().tokenize("4111111111111111").join().succeeded());
    stage
        .database()
        .execute("UPDATE token SET sealed = substr(sealed, 2) WHERE token = '" + token + "'");
    canary.note("corrupt", stage.client().detokenize(token, "corrupt").join());
  }

  private Path dumpOf(TestDatabase database) throws IOException, SQLException {
    Path dump = folder.resolve("database");
    try (var connection = database.asOwner().getConnection();
        var statement = connection.createStatement();
        OutputStream out = Files.newOutputStream(dump)) {
      List<String> tables = new ArrayList<>();
      try (var rows =
          statement.executeQuery(
              "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r'"
                  + " AND relnamespace = 'public'::regnamespace")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      assertTrue(tables.contains("token"), tables.toString());
      for (String table : tables) {
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("COPY " + table + " TO STDOUT", out);
      }
    }
    return dump;
  }
}
