package dev.cardvault.testing;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** A Vault in a container, its storage in a volume that lasts as long. */
final class VaultContainer implements VaultServer {

  private static final Logger LOG = Logger.getLogger(VaultContainer.class);
  private static final DockerImageName IMAGE = DockerImageName.parse("hashicorp/vault:1.13");
  private static final int PORT = 8200;
  private static final String CONFIGURATION =
      """
      {"storage": {"file": {"path": "/vault/file"}},
       "listener": {"tcp": {"address": "0.0.0.0:%d", "tls_disable": true}},
       "disable_mlock": true}
      """
          .formatted(PORT);

  // Docker gives a container that starts again other ports, unless it is told which.
  private final int port = Ports.free();
  private final VaultOperator operator = new VaultOperator();
  private final GenericContainer<?> container =
      new GenericContainer<>(IMAGE)
          .withExposedPorts(PORT)
          .withEnv("SKIP_SETCAP", "true")
          .withEnv("VAULT_LOCAL_CONFIG", CONFIGURATION)
          .withCommand("server");

  VaultContainer() {
    container.setPortBindings(List.of(port + ":" + PORT));
  }

  /** Whether there is a Docker that answers, and that has the image or can get it; tried once. */
  static boolean isPossible() {
    return Possible.YES;
  }

  /** Without a registry, a pull takes a minute to fail: not for each Vault that a test starts. */
  private static final class Possible {
    static final boolean YES = tryDocker();
  }

  private static boolean tryDocker() {
    // Asked first: without a registry, Testcontainers would try for minutes and then fail.
    if (!command("image", "inspect", IMAGE.toString()) && !command("pull", IMAGE.toString())) {
      return false;
    }
    try {
      return DockerClientFactory.instance().isDockerAvailable();
    } catch (RuntimeException e) {
      LOG.warn("Docker is here, but Testcontainers cannot use it", e);
      return false;
    }
  }

  private static boolean command(String... arguments) {
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
    return "http://" + container.getHost() + ":" + port;
  }

  @Override
  public String rootToken() {
    return operator.rootToken();
  }

  @Override
  public String unsealKey() {
    return operator.unsealKey();
  }

  @Override
  public void start() {
    if (container.getContainerId() == null) {
      container.start();
    } else {
      docker().startContainerCmd(container.getContainerId()).exec();
    }
    operator.open(address(), container::isRunning);
  }

  @Override
  public void stop() {
    docker().stopContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void kill() {
    docker().killContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void freeze() {
    docker().pauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void thaw() {
    docker().unpauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void close() {
    container.stop();
  }

  private static DockerClient docker() {
    return DockerClientFactory.lazyClient();
  }
}
