package dev.cardvault.sessions;

import dev.cardvault.capture.CaptureRules;
import dev.cardvault.capture.Field;
import dev.cardvault.vault.CallContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a capture shall be.
 *
 * @param call the call it is on
 * @param fields what to ask for, in this order
 * @param rules how
 * @param tokenProfile the token profile that the token is made under; {@code null} for {@code
 *     default}
 * @param metadata what to keep with the token
 */
public record CapturePlan(
    CallContext call,
    List<Field> fields,
    CaptureRules rules,
    @Nullable String tokenProfile,
    Map<String, String> metadata) {

  public CapturePlan {
    fields = List.copyOf(fields);
    metadata = Map.copyOf(metadata);
  }

  CapturePlan with(CaptureRules others) {
    return new CapturePlan(call, fields, others, tokenProfile, metadata);
  }
}
