package dev.cardvault.api;

import static io.restassured.RestAssured.given;

import dev.cardvault.card.Luhn;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Telephony platforms, as they are set up and as they call. */
final class Platforms {

  /** A published test number that fails Luhn. */
  static final String EXEMPT = "3065930009020004";

  private static final RestAssuredConfig AS_GIVEN =
      RestAssuredConfig.config()
          .encoderConfig(
              EncoderConfig.encoderConfig()
                  .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                  .defaultContentCharset("UTF-8")
                  .encodeContentTypeAs("multipart/form-data", ContentType.TEXT));

  private Platforms() {}

  /** A text nobody has used yet, in which no digits look like a card number. */
  static String unused() {
    return Long.toString(System.nanoTime(), Character.MAX_RADIX);
  }

  /** A connector that was just made. */
  record Made(String id, String url, String username, String password, Response answer) {

    /** The platform's side of it, by HTTP Basic. */
    RequestSpecification basic() {
      return plain().auth().preemptive().basic(username, password);
    }

    RequestSpecification bearer() {
      return plain().header("Authorization", "Bearer " + password);
    }

    RequestSpecification plain() {
      return given().config(AS_GIVEN);
    }

    String path() {
      return url.replaceFirst("https?://[^/]+", "");
    }
  }

  /** Makes a connector; {@code fields} are its JSON without the braces and the name. */
  static Made make(Roles roles, String fields) {
    String body = "{\"name\":\"c-" + unused() + "\"," + fields.replace('\'', '"') + "}";
    Response answer = roles.admin().body(body).post("/v1/connectors");
    answer.then().statusCode(201);
    return new Made(
        answer.path("id"),
        answer.path("enter.url"),
        answer.path("enter.username"),
        answer.path("enter.password"),
        answer);
  }

  static Made pay(Roles roles, String vendor, String mode) {
    String exemptions = mode.equals("test") ? ",'luhn_exemptions':['" + EXEMPT + "']" : "";
    return make(
        roles,
        "'kind':'pay-connector','vendor':'" + vendor + "','mode':'" + mode + "'" + exemptions);
  }

  static String payBody(String vendor, String transaction, String number) {
    String method = vendor.equals("signalwire") ? "credit-card" : "tokenize";
    return ("{'method':'"
            + method
            + "','transaction_id':'"
            + transaction
            + "','cardnumber':'"
            + number
            + "','cvv':'987','expiry_month':'12','expiry_year':'30','postal_code':'90210',"
            + "'description':null,'token_type':'reusable','parameters':{'call_id':'CA"
            + transaction
            + "','cvv':'987','note':{'deep':[1,2]}}}")
        .replace('\'', '"');
  }

  /** The numbers that card networks and payment providers publish. */
  static List<String> published() {
    try (InputStream in = Objects.requireNonNull(Luhn.class.getResourceAsStream("test-pans.tsv"))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("brand\t"))
          .map(line -> line.split("\t", -1)[2])
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
