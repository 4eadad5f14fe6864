package dev.cardvault.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.logging.LoggingFilter;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jboss.logging.MDC;
import org.jboss.logging.NDC;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.WriterHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every line goes through a real logger and formatter, as those of the service do. */
class PanLogFilterTest {

  private static final String PAN = "4242424242424242";
  private static final String MASKED = "************4242";

  private final StringWriter written = new StringWriter();
  private final Logger logger = LogContext.create().getLogger("masked");

  @BeforeEach
  void logThroughTheFilter() {
    WriterHandler handler = new WriterHandler();
    handler.setWriter(written);
    handler.setFormatter(new PatternFormatter("%p [%X{note}] [%x] %s%e%n"));
    handler.setFilter(new PanLogFilter());
    handler.setAutoFlush(true);
    logger.addHandler(handler);
    logger.setLevel(Level.ALL);
  }

  @AfterEach
  void leaveNoContext() {
    MDC.clear();
    NDC.clear();
  }

  @Test
  void masksTheMessage() {
    logger.info("charged " + PAN);
    assertEquals("INFO [] [] charged " + MASKED + "\n", written.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4242 4242 4242 4242",
        "4242-4242-4242-4242",
        "1900000000000009", // nobody's prefix
        "0000000000000000000",
        "4222222222222",
        "{\"number\":\"4242424242424242\"}"
      })
  void masksEveryNumberThatPassesLuhnAtEveryLevel(String text) {
    for (Level level : new Level[] {Level.FINEST, Level.FINE, Level.INFO, Level.SEVERE}) {
      logger.log(level, text);
    }
    assertEquals(4, written.toString().lines().count());
    String digits = text.replaceAll("[^0-9]", "");
    for (String line : written.toString().lines().toList()) {
      assertEquals(digits.length() - 4, line.chars().filter(c -> c == '*').count());
      assertEquals(digits.substring(digits.length() - 4), line.replaceAll("[^0-9]", ""));
    }
  }

  @Test
  void masksParametersInEitherSyntax() {
    logger.log(Level.INFO, "number {0} and {1}", new Object[] {PAN, 4242424242424242L});
    logger.log(
        "caller",
        Level.INFO,
        "number %s",
        ExtLogRecord.FormatStyle.PRINTF,
        new Object[] {PAN},
        null);
    assertEquals(
        "INFO [] [] number " + MASKED + " and " + MASKED + "\nINFO [] [] number " + MASKED + "\n",
        written.toString());
  }

  @Test
  void masksANumberThatIsWholeOnlyInTheFormattedLine() {
    logger.log(Level.INFO, "number 42424242{0}", "42424242");
    assertEquals("INFO [] [] number " + MASKED + "\n", written.toString());
  }

  @Test
  void doesNotTakeMaskedTextForATemplateAgain() {
    logger.log(Level.INFO, "{0} %s {1}", new Object[] {PAN, "{0}"});
    assertEquals("INFO [] [] " + MASKED + " %s {0}\n", written.toString());
  }

  @Test
  void masksAParameterThatTheMessageDoesNotUse() {
    ExtLogRecord record =
        new ExtLogRecord(Level.INFO, "unused", ExtLogRecord.FormatStyle.PRINTF, "caller");
    record.setParameters(new Object[] {1, null, new StringBuilder(PAN)});
    assertTrue(new PanLogFilter().isLoggable(record));
    assertArrayEquals(new Object[] {1, null, MASKED}, record.getParameters());
  }

  @Test
  void masksTheContext() {
    MDC.put("note", PAN);
    NDC.push("within " + PAN);
    logger.info("hello");
    assertEquals("INFO [" + MASKED + "] [within " + MASKED + "] hello\n", written.toString());
  }

  @Test
  void masksWhatWasThrownAndKeepsWhereItWasThrown() {
    Exception cause = new IllegalStateException("cause " + PAN);
    Exception thrown = new IllegalArgumentException("thrown " + PAN, cause);
    thrown.addSuppressed(new RuntimeException("suppressed " + PAN));
    logger.log(Level.SEVERE, "failed", thrown);
    String log = written.toString();
    assertFalse(log.contains(PAN));
    assertTrue(log.contains("java.lang.IllegalArgumentException: thrown " + MASKED + "\n"));
    assertTrue(log.contains("Caused by: java.lang.IllegalStateException: cause " + MASKED + "\n"));
    assertTrue(log.contains("Suppressed: java.lang.RuntimeException: suppressed " + MASKED + "\n"));
    assertTrue(log.contains("PanLogFilterTest.masksWhatWasThrown"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void findsTheNumberWhereverItHidesInWhatWasThrown(boolean inCause) {
    Exception hidden = new RuntimeException(PAN);
    Exception thrown = inCause ? new RuntimeException("outer", hidden) : new RuntimeException("x");
    if (!inCause) {
      thrown.addSuppressed(hidden);
    }
    logger.log(Level.SEVERE, "failed", thrown);
    assertFalse(written.toString().contains(PAN));
    assertTrue(written.toString().contains(MASKED));
  }

  @Test
  void survivesACauseThatCausesItself() {
    Exception one = new RuntimeException("one " + PAN);
    Exception two = new RuntimeException("two", one);
    one.initCause(two);
    one.addSuppressed(two);
    logger.log(Level.SEVERE, "failed", one);
    assertFalse(written.toString().contains(PAN));
    assertTrue(written.toString().contains("two"));
  }

  @Test
  void leavesTheCommonLineAsItIs() {
    ExtLogRecord record = new ExtLogRecord(Level.INFO, "took {0} ms", "caller");
    Object[] parameters = {12};
    Exception thrown = new RuntimeException("plain");
    record.setParameters(parameters);
    record.setThrown(thrown);
    assertTrue(new PanLogFilter().isLoggable(record));
    assertEquals("took {0} ms", record.getMessage());
    assertSame(parameters, record.getParameters());
    assertSame(thrown, record.getThrown());
  }

  @Test
  void masksRecordsOfTheJdkAsWell() {
    LogRecord record = new LogRecord(Level.INFO, "number {0}");
    record.setParameters(new Object[] {PAN});
    assertTrue(new PanLogFilter().isLoggable(record));
    assertEquals("number " + MASKED, new SimpleFormatter().formatMessage(record));
    assertTrue(new PanLogFilter().isLoggable(new LogRecord(Level.INFO, null)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"console", "file", "syslog", "socket"})
  void isInstalledInEveryHandler(String handler) throws Exception {
    Properties settings = new Properties();
    try (InputStream in = getClass().getResourceAsStream("/application.properties")) {
      settings.load(in);
    }
    assertEquals(
        PanLogFilter.class.getAnnotation(LoggingFilter.class).name(),
        settings.getProperty("quarkus.log." + handler + ".filter"));
  }
}
