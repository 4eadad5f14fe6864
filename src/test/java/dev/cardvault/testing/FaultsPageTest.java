package dev.cardvault.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class FaultsPageTest {

  /** What the vault has reached so far; the others need what is not built yet. */
  private static final Set<Integer> DUE =
      Set.of(
          1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 25, 26, 27, 28, 29, 30,
          31, 32, 33, 34, 35, 36, 37, 43, 44, 46, 47, 51, 52, 54);

  @Test
  void pageListsTheTestsThereAre() throws IOException {
    assertEquals(
        FaultsPage.withoutResults(FaultsPage.written()),
        FaultsPage.withoutResults(Files.readString(FaultsPage.FILE)),
        "Write the page anew: ./mvnw verify -Dfaults.page=write");
  }

  @Test
  void pageToldOfNoFailureWhenItWasLastWritten() throws IOException {
    assertFalse(Files.readString(FaultsPage.FILE).contains("| failed |"));
  }

  @Test
  void everyCaseThatIsDueHasATest() {
    Set<Integer> missing = new TreeSet<>(DUE);
    missing.retainAll(FaultsPage.untried());
    assertEquals(Set.of(), missing);
  }
}
