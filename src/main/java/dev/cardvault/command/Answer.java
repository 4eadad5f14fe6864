package dev.cardvault.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cardvault.ops.ExitCode;
import java.io.IOException;
import java.util.Arrays;

/** What the service answered, as bytes: they may hold a card number. */
final class Answer implements AutoCloseable {

  private static final int REFUSALS = 400;

  private final int status;
  private final byte[] body;

  Answer(int status, byte[] body) {
    this.status = status;
    this.body = body;
  }

  /** Its bytes, not a copy. */
  byte[] body() {
    return body;
  }

  /** It as JSON; not for what may hold a card number. */
  JsonNode json() {
    try {
      return Json.MAPPER.readTree(body);
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.FAILED, "What answers there is no Cardvault");
    }
  }

  /**
   * Itself, where it is what was asked for.
   *
   * @throws CommandFailed with the service's own words (RFC 9457) where it is a refusal
   */
  Answer orRefusal() {
    if (status < REFUSALS) {
      return this;
    }
    JsonNode problem = json();
    StringBuilder words = new StringBuilder(Json.text(problem, "/code"));
    words.append(": ").append(Json.text(problem, "/detail"));
    for (JsonNode error : problem.path("errors")) {
      words.append("\n  ").append(Json.text(error, "/pointer")).append(": ");
      words.append(Json.text(error, "/message"));
    }
    words.append("\n  request ").append(Json.text(problem, "/request_id"));
    throw new CommandFailed(exitCode(problem), words.toString());
  }

  private ExitCode exitCode(JsonNode problem) {
    if (problem.path("retryable").asBoolean()) {
      return ExitCode.UNAVAILABLE;
    }
    return switch (status) {
      case 401, 403 -> ExitCode.NOT_ALLOWED;
      case 404, 410 -> ExitCode.NOT_FOUND;
      default -> status < 500 ? ExitCode.REFUSED : ExitCode.FAILED;
    };
  }

  /** Wipes it. */
  @Override
  public void close() {
    Arrays.fill(body, (byte) 0);
  }
}
