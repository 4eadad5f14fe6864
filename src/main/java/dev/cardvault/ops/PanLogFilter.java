package dev.cardvault.ops;

import dev.cardvault.card.PanScanner;
import io.quarkus.logging.LoggingFilter;
import java.util.Map;
import java.util.logging.Filter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/**
 * The last line of defence of the logs (PCI DSS 3.4.1, 3.5.1): masks whatever may be a card number
 * in what a line says, in its context and in what was thrown. Nothing should ever reach it; the
 * types keep PANs away from loggers. It lets every line through.
 */
@LoggingFilter(name = "pan-filter")
public final class PanLogFilter implements Filter {

  private static final PanScanner NUMBERS = PanScanner.LUHN_NUMBERS;

  private static final Formatter PLAIN = new SimpleFormatter();

  @Override
  public boolean isLoggable(LogRecord record) {
    maskMessage(record);
    maskThrown(record);
    if (record instanceof ExtLogRecord extended) {
      maskContext(extended);
    }
    return true;
  }

  // Parameters first, since a format may part a number's digits otherwise, as 4,242,424; then all
  // as one text, since a number may be whole only once they stand in the message.
  private static void maskMessage(LogRecord record) {
    maskParameters(record);
    String message = formatted(record);
    if (message != null && NUMBERS.finds(message)) {
      record.setParameters(null);
      String masked = NUMBERS.mask(message);
      if (record instanceof ExtLogRecord extended) {
        extended.setMessage(masked, ExtLogRecord.FormatStyle.NO_FORMAT);
      } else {
        record.setMessage(masked);
      }
    }
  }

  private static void maskParameters(LogRecord record) {
    Object[] parameters = record.getParameters();
    if (parameters == null) {
      return;
    }
    Object[] masked = parameters.clone();
    boolean found = false;
    for (int i = 0; i < masked.length; i++) {
      Object parameter = masked[i];
      if ((parameter instanceof CharSequence || parameter instanceof Number)
          && NUMBERS.finds(parameter.toString())) {
        masked[i] = NUMBERS.mask(parameter.toString());
        found = true;
      }
    }
    if (found) {
      record.setParameters(masked);
    }
  }

  private static @Nullable String formatted(LogRecord record) {
    if (record.getMessage() == null) {
      return null;
    }
    return record instanceof ExtLogRecord extended
        ? extended.getFormattedMessage()
        : PLAIN.formatMessage(record);
  }

  private static void maskThrown(LogRecord record) {
    Throwable thrown = record.getThrown();
    if (thrown != null && MaskedThrowable.isNeededFor(thrown, NUMBERS)) {
      record.setThrown(MaskedThrowable.of(thrown, NUMBERS));
    }
  }

  private static void maskContext(ExtLogRecord record) {
    for (Map.Entry<String, String> entry : record.getMdcCopy().entrySet()) {
      if (NUMBERS.finds(entry.getValue())) {
        record.putMdc(entry.getKey(), NUMBERS.mask(entry.getValue()));
      }
    }
    String nested = record.getNdc();
    if (nested != null && NUMBERS.finds(nested)) {
      record.setNdc(NUMBERS.mask(nested));
    }
  }
}
