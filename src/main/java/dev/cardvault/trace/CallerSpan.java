package dev.cardvault.trace;

import dev.cardvault.card.PanScanner;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The caller's span, as its {@code traceparent} names it (W3C Trace Context). Its {@code
 * tracestate} and baggage are not taken: they hold whatever the caller likes, and so might ids.
 */
public final class CallerSpan {

  /** The header's name. */
  public static final String HEADER = "traceparent";

  private static final Pattern FORM =
      Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}");
  private static final Pattern LETTERS = Pattern.compile("[a-f]+");

  private CallerSpan() {}

  /** The span named by {@code header}; none where there is no header, or it might name a card. */
  public static SpanContext of(@Nullable String header) {
    Matcher parts = FORM.matcher(header == null ? "" : header);
    if (!parts.matches() || mayBeCard(parts.group(1)) || mayBeCard(parts.group(2))) {
      return SpanContext.getInvalid();
    }
    return SpanContext.createFromRemoteParent(
        parts.group(1), parts.group(2), TraceFlags.getDefault(), TraceState.getDefault());
  }

  private static boolean mayBeCard(String id) {
    return Stream.of(LETTERS.split(id)).anyMatch(PanScanner.CARD_NUMBERS::finds);
  }
}
