package dev.cardvault.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.cardvault.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A refusal in the words of the telephony platform that is refused. */
enum PlatformRefusal {
  PAY_CONNECTOR("pay-connector", "application/json", problem -> json(PayAnswer.refused(problem))),
  AMAZON_CONNECT("amazon-connect", "application/json", problem -> json(ConnectAnswer.of(problem))),
  FORM(
      "form",
      XmlAnswer.XML,
      problem -> XmlAnswer.data(XmlAnswer.refused(problem)).getBytes(StandardCharsets.UTF_8));

  /** How a platform may show who it is (RFC 7617, RFC 6750). */
  static final String CHALLENGE = "Basic realm=\"cardvault\", charset=\"UTF-8\", Bearer";

  private static final String ADAPTERS = "/v1/adapters/";

  private final String path;
  private final String mediaType;
  private final Function<ProblemException, byte[]> body;

  PlatformRefusal(String kind, String mediaType, Function<ProblemException, byte[]> body) {
    this.path = ADAPTERS + kind + "/";
    this.mediaType = mediaType;
    this.body = body;
  }

  /** Whether platforms call {@code path}. */
  static boolean isPlatforms(@Nullable String path) {
    return path != null && path.startsWith(ADAPTERS);
  }

  /** How whoever calls {@code path} is refused; {@code null} when it is no platform. */
  static @Nullable PlatformRefusal of(@Nullable String path) {
    return path == null
        ? null
        : Stream.of(values())
            .filter(refusal -> path.startsWith(refusal.path))
            .findFirst()
            .orElse(null);
  }

  String mediaType() {
    return mediaType;
  }

  byte[] body(ProblemException problem) {
    return body.apply(problem);
  }

  static byte[] json(Object answer) {
    try {
      return Json.MAPPER.writeValueAsBytes(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An answer can always be written", e);
    }
  }

  /** The code of a problem, as names are written in XML and by the pay connectors. */
  static String codeOf(ProblemException problem) {
    return problem.code().code().replace('-', '_');
  }
}
