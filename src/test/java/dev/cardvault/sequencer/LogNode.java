package dev.cardvault.sequencer;

import dev.cardvault.access.TenantId;
import dev.cardvault.anchor.AnchorConfig;
import dev.cardvault.anchor.Anchors;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.audit.AuditTrail;
import dev.cardvault.audit.LogState;
import dev.cardvault.database.DatabaseSettings;
import dev.cardvault.database.GroupTransactions;
import dev.cardvault.database.Ids;
import dev.cardvault.database.Node;
import dev.cardvault.database.RoleDatabase;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.testing.TestDatabase;
import dev.cardvault.trace.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** What sequences the log on one node, on a database of the test's. */
public final class LogNode implements AutoCloseable {

  public final RoleDatabase database;
  final Sequencer sequencer;
  final Checkpointing checkpoints;
  final LogWatch watch;
  final Anchoring anchoring;
  public final LogReader reader;
  public final LogExport export;
  final LogState state = new LogState();
  public final AuditLog audit;
  public final ProvenEvents events;
  public final TenantDatabase tenants;

  /** On {@code of}, whose log {@code keys} sign. */
  public LogNode(TestDatabase of, TestLogKeys keys, Map<String, String> settings) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .addDiscoveredConverters()
            .withMapping(SequencerConfig.class)
            .withMapping(DatabaseSettings.class)
            .withMapping(AnchorConfig.class)
            .withSources(new PropertiesConfigSource(settings, "test", 100))
            .build();
    DataSource pool = of.asService();
    Clock clock = Clock.systemUTC();
    Node node = new Node(UUID.randomUUID().toString());
    database = new RoleDatabase(pool);
    tenants = new TenantDatabase(pool);
    audit = new AuditLog(new Ids(clock, new SecureRandom()), node, state);
    GroupTransactions transactions =
        new GroupTransactions(
            tenants,
            new SimpleMeterRegistry(),
            Traces.off(),
            config.getConfigMapping(DatabaseSettings.class));
    SequencerConfig ours = config.getConfigMapping(SequencerConfig.class);
    AnchorConfig outside = config.getConfigMapping(AnchorConfig.class);
    Anchors anchors = new Anchors(outside);
    sequencer = new Sequencer(database, ours, anchors, node, clock);
    anchoring = new Anchoring(database, sequencer, anchors, outside, clock);
    AuditTrail trail = new AuditTrail(audit, transactions);
    checkpoints = new Checkpointing(database, ours, sequencer, keys, trail, clock);
    watch = new LogWatch(database, ours, anchors, state, clock);
    events = new ProvenEvents(database, tenants);
    reader = new LogReader(database, tenants, events, audit, ours);
    export = new LogExport(database, reader, trail, state);
  }

  /** Begins. */
  public LogNode start() {
    StartupEvent event = new StartupEvent();
    watch.start(event, new SimpleMeterRegistry(), sequencer);
    sequencer.start(event);
    checkpoints.start(event);
    anchoring.start(event, new SimpleMeterRegistry());
    return this;
  }

  /** Writes events of one transaction. */
  public List<UUID> write(TenantId tenant, int count) {
    List<AuditEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(
          AuditEvent.of(tenant, Action.TOKENIZE)
              .client("cli_1")
              .actor("ivr, line \"" + i + "\"")
              .source("192.0.2." + i % 250, "req-" + i)
              .subject("s")
              .granted());
    }
    return tenants.inTransaction(tenant, connection -> audit.append(connection, events));
  }

  @Override
  public void close() throws InterruptedException {
    anchoring.stop(new ShutdownEvent());
    checkpoints.stop(new ShutdownEvent());
    watch.stop(new ShutdownEvent());
    sequencer.stop(new ShutdownEvent());
  }
}
