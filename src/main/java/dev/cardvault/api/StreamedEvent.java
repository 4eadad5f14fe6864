package dev.cardvault.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.cardvault.capture.CaptureView;
import dev.cardvault.sessions.NumberedEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * What a watcher is told: something that happened to a capture, and how the capture stands then.
 *
 * @param id the event's place in the stream
 * @param type what happened; {@code snapshot} when nothing did, and this is how it stands
 * @param field to which field; {@code null} when to all of it
 * @param reason why, where there is something to tell
 * @param capture how the capture stands right after it
 */
@RegisterForReflection
record StreamedEvent(
    long id, String type, @Nullable String field, @Nullable String reason, CaptureFields capture) {

  static StreamedEvent snapshot(long id, CaptureView view) {
    return new StreamedEvent(id, "snapshot", null, null, CaptureFields.of(view));
  }

  static StreamedEvent of(NumberedEvent numbered) {
    var event = numbered.event();
    var field = event.field();
    var reason = event.reason();
    return new StreamedEvent(
        numbered.number(),
        event.type().code(),
        field == null ? null : field.code(),
        reason == null ? null : reason.code(),
        CaptureFields.of(event.view()));
  }

  String json() {
    try {
      return Json.MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record can always be written", e);
    }
  }
}
