package dev.cardvault.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Finds what a Vault can be started from on this machine. */
final class VaultFinder {

  private static final Logger LOG = Logger.getLogger(VaultFinder.class);

  private VaultFinder() {}

  /** A way to start a Vault; nothing when there is none. In the order the README tells. */
  static Optional<Supplier<VaultServer>> find() {
    for (String name : List.of("vault", "bao")) {
      Optional<String> installed = onPath(name);
      if (installed.isPresent()) {
        return Optional.of(() -> new VaultProcess.Installed(installed.get()));
      }
    }
    if (VaultContainer.isPossible()) {
      return Optional.of(VaultContainer::new);
    }
    if (onPath("go").isPresent()) {
      return built().map(binary -> () -> new VaultProcess.Built(binary));
    }
    return Optional.empty();
  }

  /** The folder with {@code pom.xml}. */
  static Path project() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("vault-policies"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("Tests run inside the project's folder");
      }
    }
    return folder;
  }

  private static Optional<String> onPath(String name) {
    return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  private static Optional<String> built() {
    LOG.info("Building a key server from tools/key-server, unless it is there: some minutes");
    try {
      Process build =
          new ProcessBuilder(project().resolve("tools/key-server/build").toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String out =
          new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      boolean ended = build.waitFor(1, TimeUnit.MINUTES);
      return ended && build.exitValue() == 0 ? Optional.of(out) : Optional.empty();
    } catch (IOException e) {
      LOG.warn("tools/key-server/build cannot be run", e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
