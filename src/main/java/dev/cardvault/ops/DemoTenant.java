package dev.cardvault.ops;

import dev.cardvault.clients.FirstTenant;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServer;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** A tenant to try things out with, and how to. */
@ApplicationScoped
class DemoTenant {

  private static final String NAME = "demo";

  /** Before the port opens, and before clients are first read. */
  private static final int EARLY = 1;

  private static final String INSTRUCTIONS = "try-it.txt";

  private final Optional<Path> file;
  private final FirstTenant tenants;
  private final Instance<HttpServer> server;

  DemoTenant(OpsConfig config, FirstTenant tenants, Instance<HttpServer> server) {
    this.file = config.demo();
    this.tenants = tenants;
    this.server = server;
  }

  void make(@Observes @Priority(EARLY) StartupEvent starting) {
    file.filter(credentials -> !tenants.exists(NAME)).ifPresent(this::makeWith);
  }

  private void makeWith(Path credentials) {
    tenants.create(
        NAME,
        secrets -> {
          try {
            OwnerOnly.file(credentials, CredentialsJson.of(secrets));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Lines for a shell that tokenize, detokenize and read the audit log; none without a demo. */
  Optional<String> instructions() {
    return file.map(
        credentials ->
            PackagedText.of(INSTRUCTIONS)
                .replace("CREDENTIALS", credentials.toString())
                .replace("BASE", "http://127.0.0.1:" + server.get().getPort()));
  }
}
