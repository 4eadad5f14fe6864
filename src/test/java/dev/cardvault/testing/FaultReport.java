package dev.cardvault.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Writes down how each test of a {@link FaultCase} ended, for {@link FaultsPage}. */
public final class FaultReport implements TestWatcher {

  private static final Path FOLDER = Path.of("target", "faults");

  /** Of the runs of one test with several inputs, the worst counts. */
  private static final Map<String, Result> RESULTS = new ConcurrentHashMap<>();

  enum Result {
    PASSED,
    SKIPPED,
    FAILED,
    /** It has not been run since the last clean build. */
    NOT_RUN;

    String text() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    note(context, Result.PASSED);
  }

  @Override
  public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
    note(context, Result.SKIPPED);
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    note(context, Result.FAILED);
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    note(context, Result.SKIPPED);
  }

  private static void note(ExtensionContext context, Result result) {
    String name = nameOf(context.getRequiredTestMethod());
    Result worst = RESULTS.merge(name, result, (a, b) -> a.compareTo(b) > 0 ? a : b);
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve(name), worst.name());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String nameOf(Method test) {
    return test.getDeclaringClass().getSimpleName() + "." + test.getName();
  }

  static Result resultOf(Method test) {
    try {
      return Result.valueOf(Files.readString(FOLDER.resolve(nameOf(test))));
    } catch (IOException e) {
      return Result.NOT_RUN;
    }
  }
}
