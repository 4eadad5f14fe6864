package dev.cardvault.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The packaged jar in its profile {@code embedded}, as a reader of the documents starts it; one for
 * all tests that leave it as good as they found it.
 */
public final class DemoService {

  private static final Duration START = Duration.ofSeconds(120);
  private static @Nullable DemoService shared;

  private final Path folder;
  private final ServiceNode node;

  private DemoService() {
    try {
      folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/nodes")), "demo");
      node =
          ServiceNode.with()
              .env("CARDVAULT_DATA", data().toString())
              .arguments("-Dquarkus.profile=embedded")
              .launch()
              .awaitListening()
              .awaitReady(START);
      Path profiles = Files.createDirectories(folder.resolve("config/cardvault"));
      Files.writeString(
          profiles.resolve("default.properties"),
          "url=" + node.api() + "\ncredentials=" + credentials() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one there is. */
  public static synchronized DemoService shared() {
    if (shared == null) {
      shared = new DemoService();
    }
    return shared;
  }

  /** One more, where nothing has happened yet. */
  public static DemoService untouched() {
    return new DemoService();
  }

  /** The service. */
  public ServiceNode node() {
    return node;
  }

  /** The file of its clients' credentials. */
  public Path credentials() {
    return data().resolve("credentials.json");
  }

  /** What a shell must know for commands and examples to find it. */
  public Map<String, String> environment() {
    return Map.of(
        "BASE", node.api().toString(),
        "CREDENTIALS", credentials().toString(),
        "CARDVAULT_JAR", ServiceNode.application().resolve("quarkus-run.jar").toString(),
        "XDG_CONFIG_HOME", folder.resolve("config").toAbsolutePath().toString());
  }

  private Path data() {
    return folder.resolve("data").toAbsolutePath();
  }
}
