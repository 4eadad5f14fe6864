package dev.cardvault.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes the page of faults when a run of tests is over: to target/faults.md, and with {@code
 * -Dfaults.page=write} to docs/faults.md as well.
 */
public final class FaultsPageWriter implements TestExecutionListener {

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    try {
      String page = FaultsPage.written();
      Files.writeString(Path.of("target", "faults.md"), page);
      if ("write".equals(System.getProperty("faults.page"))) {
        Files.createDirectories(FaultsPage.FILE.toAbsolutePath().getParent());
        Files.writeString(FaultsPage.FILE, page);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
