package dev.cardvault.testing;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * A Vault in a container. It keeps what it holds in memory: after a stop or kill it is another one.
 */
final class VaultContainer implements VaultServer {

  private static final Logger LOG = Logger.getLogger(VaultContainer.class);
  private static final DockerImageName IMAGE = DockerImageName.parse("hashicorp/vault:1.13");
  private static final String ROOT_TOKEN = "root";
  private static final int PORT = 8200;

  private final GenericContainer<?> container =
      new GenericContainer<>(IMAGE)
          .withExposedPorts(PORT)
          .withEnv("VAULT_DEV_ROOT_TOKEN_ID", ROOT_TOKEN)
          .withEnv("SKIP_SETCAP", "true")
          .waitingFor(Wait.forHttp("/v1/sys/health").forPort(PORT));

  /** Whether there is a Docker that answers, and that has the image or can get it. */
  static boolean isPossible() {
    // Asked first: without a registry, Testcontainers would try for minutes and then fail.
    if (!docker("image", "inspect", IMAGE.toString()) && !docker("pull", IMAGE.toString())) {
      return false;
    }
    try {
      return DockerClientFactory.instance().isDockerAvailable();
    } catch (RuntimeException e) {
      LOG.warn("Docker is here, but Testcontainers cannot use it", e);
      return false;
    }
  }

  private static boolean docker(String... arguments) {
    try {
      Process docker =
          new ProcessBuilder(Stream.concat(Stream.of("docker"), Stream.of(arguments)).toList())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (docker.waitFor(3, TimeUnit.MINUTES)) {
        return docker.exitValue() == 0;
      }
      docker.destroy();
      return false;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public String address() {
    return "http://" + container.getHost() + ":" + container.getMappedPort(PORT);
  }

  @Override
  public String rootToken() {
    return ROOT_TOKEN;
  }

  /** A dev server tells its key on its output. */
  @Override
  public String unsealKey() {
    return container
        .getLogs()
        .lines()
        .filter(line -> line.startsWith("Unseal Key: "))
        .map(line -> line.substring("Unseal Key: ".length()).strip())
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void start() {
    container.start();
  }

  @Override
  public void stop() {
    container.stop();
  }

  @Override
  public void kill() {
    container.stop();
  }

  @Override
  public ProcessHandle process() {
    throw new UnsupportedOperationException("It is not a process of this machine");
  }
}
