package dev.cardvault.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The last line of defence of what leaves: attributes that are known to hold nothing of a request,
 * and no others. Events go altogether, since they quote exceptions, which quote rows.
 */
final class KnownAttributes implements SpanExporter {

  /**
   * Of semantic conventions for HTTP and databases, old and new; statements come without their
   * parameters.
   */
  private static final Set<String> KNOWN =
      Set.of(
          "http.request.method",
          "http.route",
          "http.response.status_code",
          "db.system",
          "db.system.name",
          "db.operation",
          "db.operation.name",
          "db.sql.table",
          "db.collection.name",
          "db.statement",
          "db.query.text",
          Traces.OUTCOME.getKey(),
          Traces.TOGETHER.getKey());

  private final SpanExporter onward;

  KnownAttributes(SpanExporter onward) {
    this.onward = onward;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    return onward.export(spans.stream().<SpanData>map(Known::new).toList());
  }

  @Override
  public CompletableResultCode flush() {
    return onward.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return onward.shutdown();
  }

  private static final class Known extends DelegatingSpanData {

    private final Attributes attributes;

    Known(SpanData span) {
      super(span);
      AttributesBuilder kept = span.getAttributes().toBuilder();
      kept.removeIf(key -> !KNOWN.contains(key.getKey()));
      attributes = kept.build();
    }

    @Override
    public Attributes getAttributes() {
      return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
      return attributes.size();
    }

    @Override
    public List<EventData> getEvents() {
      return List.of();
    }

    @Override
    public int getTotalRecordedEvents() {
      return 0;
    }

    /** Without the description, which an exception may have written. */
    @Override
    public StatusData getStatus() {
      return StatusData.create(super.getStatus().getStatusCode(), "");
    }
  }
}
