package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.ServiceNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What somebody on a node's machine sees of it: log, standard error, management pages, threads,
 * heap.
 *
 * @param node the node
 * @param folder where a heap dump may lie
 */
record Exposure(ServiceNode node, Path folder) {

  private static final int REQUESTS = 50;

  /**
   * Fails where something is found.
   *
   * @param search what must not be
   * @param harmless a request without anything that is searched for: what a thread or connection
   *     still holds of its last one goes with its next one, whereas a leak stays
   */
  void assertHides(PanSearch search, HttpRequest harmless) {
    assertEquals(Set.of(), search.in(node.log()), "found in the log");
    assertEquals(Set.of(), search.in(node.errors()), "found in standard error");
    for (String path :
        List.of("/q/metrics", "/q/health", "/q/health/ready", "/q/health/live", "/q/info")) {
      HttpRequest page =
          HttpRequest.newBuilder(node.management().resolve(path)).timeout(Canary.LIMIT).build();
      assertEquals(Set.of(), search.in(VaultClient.send(page).join().text()), path);
    }
    assertEquals(Set.of(), search.in(HeapDump.threads(node.pid())), "found in a thread dump");
    Set<String> found = new TreeSet<>();
    Eventually.await(
        () -> "a heap without what was searched for, but with " + found,
        Duration.ofSeconds(60),
        () -> {
          for (int i = 0; i < REQUESTS; i++) {
            assertTrue(VaultClient.send(harmless).join().status() < 500);
          }
          found.clear();
          found.addAll(search.in(heap()));
          return found.isEmpty();
        });
  }

  /** A dump of the heap as it is now, in place of an earlier one. */
  Path heap() {
    try {
      Path heap = folder.resolve("heap.hprof");
      Files.deleteIfExists(heap);
      HeapDump.of(node.pid(), heap);
      return heap;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
