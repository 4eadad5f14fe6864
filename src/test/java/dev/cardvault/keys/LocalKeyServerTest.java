package dev.cardvault.keys;

import static dev.cardvault.keys.KeysNode.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.access.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalKeyServerTest extends KeyServerContract {

  private static final KeyThreads THREADS = new KeyThreads();

  @TempDir Path folder;
  private LocalKeyServer server;

  @BeforeEach
  void start() {
    server = started();
  }

  @AfterAll
  static void stop() {
    THREADS.stop();
  }

  @Override
  KeyServer server() {
    return server;
  }

  @Override
  KeyServer asAdministrator() {
    return server;
  }

  @Test
  void keepsItsKeysReadableByTheOwnerAlone() throws IOException {
    tenantWithKek();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
  }

  @Test
  void refusesAFileThatOthersCanRead() throws IOException {
    TenantId tenant = tenantWithKek();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
    refuses(KeyServerException.Kind.FAILED, () -> await(started().kek(tenant)));
  }

  @Test
  void opensAfterARestart() {
    KeyContext context = context(tenantWithKek());
    DataKey made = await(server.makeDataKey(context));
    KeyBytes opened = await(started().unwrap(new BoundKey(context, made.wrapped())));
    assertArrayEquals(made.bytes().bytes(), opened.bytes());
  }

  @Test
  void seesWhatAnotherProcessAdded() {
    LocalKeyServer other = started();
    KeyContext context = context(tenantWithKek());
    await(other.rotateKek(context.tenant()));
    DataKey made = await(other.makeDataKey(context));
    KeyBytes opened = await(server.unwrap(new BoundKey(context, made.wrapped())));
    assertArrayEquals(made.bytes().bytes(), opened.bytes());
  }

  @Test
  void failsOnAFileThatIsNotAKeystoreWithoutQuotingIt() throws IOException {
    Files.writeString(file(), "{\"format\": 1, \"keks\": {\"secret-words\"");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    KeyServerException failure = assertThrows(KeyServerException.class, () -> tenantWithKek());
    assertTrue(failure.getCause() == null && !failure.toString().contains("secret"));
    assertEquals(KeyServerHealth.UNAVAILABLE, await(server.health()));
  }

  @Test
  void refusesToRunInProduction() {
    KeysConfig config = TestConfig.of(Map.of("server", "local"));
    IllegalStateException refusal =
        assertThrows(
            IllegalStateException.class,
            () ->
                KeyServers.local(
                    config, new SecureRandom(), Clock.systemUTC(), THREADS, List.of("prod")));
    assertTrue(refusal.toString().contains("transit"));
  }

  private LocalKeyServer started() {
    return new LocalKeyServer(file(), new SecureRandom(), Clock.systemUTC(), THREADS);
  }

  private Path file() {
    return folder.resolve("keystore.json");
  }
}
