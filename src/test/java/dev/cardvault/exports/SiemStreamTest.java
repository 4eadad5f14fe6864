package dev.cardvault.exports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.access.TenantId;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditFeed;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.audit.LogFollowers;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.testing.Backing;
import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.TlsIdentity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collector that speaks TLS, goes away and comes back; and a service that is stopped. */
@QuarkusTest
@QuarkusTestResource(Backing.class)
class SiemStreamTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Inject TenantDatabase database;
  @Inject AuditFeed feed;
  @Inject LogFollowers followers;
  @Inject AuditLog log;
  @Inject Clock clock;

  @TempDir Path folder;

  @Test
  void losesNoEventHoweverOftenEitherSideIsInterrupted() throws Exception {
    TlsIdentity identity = TlsIdentity.create(folder);
    TenantId tenant = new TenantId(UUID.randomUUID());
    List<String> written = new ArrayList<>(write(tenant, 40));
    List<String> received;
    int port;
    SiemStream stream;
    try (Collector collector = new Collector(identity, 0)) {
      port = collector.port();
      stream = start(identity, port);
      collector.await(written, PATIENCE);
      received = new ArrayList<>(collector.ids(written));
    }
    written.addAll(write(tenant, 20));
    try (Collector back = new Collector(identity, port)) {
      written.addAll(write(tenant, 20));
      back.await(written.subList(40, 80), PATIENCE);
      received.addAll(back.ids(written));
      stream.stop(new ShutdownEvent());
      written.addAll(write(tenant, 20));
      SiemStream restarted = start(identity, port);
      back.await(written, PATIENCE);
      received.addAll(back.ids(written));
      restarted.stop(new ShutdownEvent());
    }
    assertEquals(written, List.copyOf(new LinkedHashSet<>(received)), "In order, repeats aside");
  }

  @Test
  void writesAsRfc5424Says() throws Exception {
    TlsIdentity identity = TlsIdentity.create(folder);
    TenantId tenant = new TenantId(UUID.randomUUID());
    String id = write(tenant, 1).get(0);
    try (Collector collector = new Collector(identity, 0)) {
      SiemStream stream = start(identity, collector.port());
      collector.await(List.of(id), PATIENCE);
      stream.stop(new ShutdownEvent());
      String message = collector.message(id);
      assertTrue(
          message.matches(
              "<110>1 \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z - cardvault - KEY_READ"
                  + " \\[event@32473 id=\"evt_.{36}\" tenant=\""
                  + tenant
                  + "\"\\] CEF:0\\|.*"),
          message);
    }
  }

  @Test
  void tellsNobodyWhoseCertificateItDoesNotKnow() throws Exception {
    TlsIdentity known = TlsIdentity.create(folder);
    Path other = Files.createDirectory(folder.resolve("other"));
    TenantId tenant = new TenantId(UUID.randomUUID());
    write(tenant, 1);
    try (Collector impostor = new Collector(TlsIdentity.create(other), 0)) {
      SiemStream stream = start(known, impostor.port());
      Eventually.await("it is asked and turned down", PATIENCE, () -> impostor.failures() > 0);
      stream.stop(new ShutdownEvent());
      assertEquals(0, impostor.messages());
    }
  }

  private List<String> write(TenantId tenant, int events) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      AuditEvent event = AuditEvent.of(tenant, Action.KEY_READ).actor("test").granted();
      ids.add(
          "evt_"
              + database
                  .inTransaction(tenant, connection -> log.append(connection, List.of(event)))
                  .get(0));
    }
    return ids;
  }

  private SiemStream start(TlsIdentity identity, int port) {
    SiemStream stream =
        new SiemStream(
            database, feed, followers, config(identity, port), clock, new SimpleMeterRegistry());
    stream.start(new StartupEvent());
    return stream;
  }

  private static SiemConfig config(TlsIdentity identity, int port) {
    return new SiemConfig() {
      @Override
      public Optional<String> address() {
        return Optional.of("localhost:" + port);
      }

      @Override
      public ExportFormat format() {
        return ExportFormat.CEF;
      }

      @Override
      public Optional<Path> trust() {
        return Optional.of(identity.certificate());
      }

      @Override
      public Optional<Path> identity() {
        return Optional.empty();
      }

      @Override
      public Optional<String> identityPassword() {
        return Optional.empty();
      }

      @Override
      public Duration poll() {
        return Duration.ofMillis(50);
      }

      @Override
      public Duration settle() {
        return Duration.ofMillis(200);
      }
    };
  }
}
