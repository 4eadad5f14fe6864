package dev.cardvault.testing;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * A Vault in a container. It keeps what it holds in memory: after a stop or kill it is another one.
 */
final class VaultContainer implements VaultServer {

  private static final DockerImageName IMAGE = DockerImageName.parse("hashicorp/vault:1.13");
  private static final String ROOT_TOKEN = "root";
  private static final int PORT = 8200;

  private final GenericContainer<?> container =
      new GenericContainer<>(IMAGE)
          .withExposedPorts(PORT)
          .withEnv("VAULT_DEV_ROOT_TOKEN_ID", ROOT_TOKEN)
          .withEnv("SKIP_SETCAP", "true")
          .waitingFor(Wait.forHttp("/v1/sys/health").forPort(PORT));

  /** Whether there is a Docker that answers. */
  static boolean isPossible() {
    return DockerClientFactory.instance().isDockerAvailable();
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
