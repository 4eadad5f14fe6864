package dev.cardvault.ops;

import dev.cardvault.card.PanScanner;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands in the log for something thrown whose message held a card number: the same stack traces
 * and causes, with masked messages.
 */
final class MaskedThrowable extends Throwable {

  private static final long serialVersionUID = 1L;

  private final String text;

  private MaskedThrowable(String text, @Nullable Throwable cause) {
    super(text, cause);
    this.text = text;
  }

  /** Whether {@code numbers} finds one in {@code thrown}, its causes or what they suppressed. */
  static boolean isNeededFor(Throwable thrown, PanScanner numbers) {
    return isNeededFor(thrown, numbers, identitySet());
  }

  private static boolean isNeededFor(
      @Nullable Throwable thrown, PanScanner numbers, Set<Throwable> seen) {
    if (thrown == null || !seen.add(thrown)) {
      return false;
    }
    if (numbers.finds(thrown.toString()) || isNeededFor(thrown.getCause(), numbers, seen)) {
      return true;
    }
    for (Throwable suppressed : thrown.getSuppressed()) {
      if (isNeededFor(suppressed, numbers, seen)) {
        return true;
      }
    }
    return false;
  }

  /** What to log instead of {@code thrown}. */
  static MaskedThrowable of(Throwable thrown, PanScanner numbers) {
    return of(thrown, numbers, identitySet());
  }

  private static MaskedThrowable of(Throwable thrown, PanScanner numbers, Set<Throwable> seen) {
    seen.add(thrown);
    Throwable cause = thrown.getCause();
    MaskedThrowable masked =
        new MaskedThrowable(
            numbers.mask(thrown.toString()),
            cause == null || seen.contains(cause) ? null : of(cause, numbers, seen));
    masked.setStackTrace(thrown.getStackTrace());
    for (Throwable suppressed : thrown.getSuppressed()) {
      if (!seen.contains(suppressed)) {
        masked.addSuppressed(of(suppressed, numbers, seen));
      }
    }
    return masked;
  }

  private static Set<Throwable> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /** The class and message of what it stands for. */
  @Override
  public String toString() {
    return text;
  }
}
