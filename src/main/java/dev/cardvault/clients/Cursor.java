package dev.cardvault.clients;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a list of clients goes on: the last id that was told, in a form nobody builds upon. */
final class Cursor {

  private Cursor() {}

  static String write(String id) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(id.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The id in {@code cursor}.
   *
   * @throws ProblemException {@code invalid-cursor}
   */
  static String read(String cursor) {
    try {
      String id = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (id.matches(Client.PREFIX + "[0-9a-f-]{36}")) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      // Not base64, so not one of ours either.
    }
    throw ProblemException.of(ProblemCode.INVALID_CURSOR);
  }
}
