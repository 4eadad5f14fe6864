package dev.cardvault.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The event with which Amazon Connect calls a Lambda function, as far as it is read. What callers
 * keyed is encrypted in it.
 */
@CarriesPan(code = "/Details/Parameters/security_code")
@Keeps({
  "/Name",
  "/Details/ContactData/ContactId",
  "/Details/Parameters/card_number",
  "/Details/Parameters/expiry",
  "/Details/Parameters/attempt"
})
@RegisterForReflection(
    targets = {
      ConnectEvent.class,
      ConnectEvent.Details.class,
      ConnectEvent.ContactData.class,
      ConnectEvent.Parameters.class
    })
record ConnectEvent(
    @JsonProperty("Name") @Nullable String name,
    @JsonProperty("Details") @Nullable Details details) {

  private static final JsonShape SHAPE = new JsonShape(ConnectEvent.class);
  private static final String NAME = "ContactFlowEvent";

  /** What stands where a caller keyed nothing. */
  private static final String TIMEOUT = "Timeout";

  private static final Pattern CONTACT = Pattern.compile("[0-9A-Za-z-]{1,128}");
  private static final Pattern ATTEMPT = Pattern.compile("[0-9A-Za-z-]{1,32}");
  private static final Pattern PLAIN_EXPIRY = Pattern.compile("[0-9]{4}");

  record Details(
      @JsonProperty("ContactData") @Nullable ContactData contactData,
      @JsonProperty("Parameters") @Nullable Parameters parameters) {}

  record ContactData(@JsonProperty("ContactId") @Nullable String contactId) {}

  /**
   * What the flow hands over.
   *
   * @param cardNumber what the caller keyed, encrypted, in base64
   * @param expiry the same, MMYY; may be plain
   * @param securityCode the same; never plain
   * @param attempt tells a second card on one call from the first one sent again
   */
  record Parameters(
      @JsonProperty("card_number") @Nullable String cardNumber,
      @JsonProperty("expiry") @Nullable String expiry,
      @JsonProperty("security_code") @Nullable KeyedCode securityCode,
      @JsonProperty("attempt") @Nullable String attempt) {}

  static ConnectEvent read(RequestBody body) {
    ConnectEvent event = (ConnectEvent) SHAPE.read(body, redacted -> {});
    if (!NAME.equals(event.name)) {
      throw ProblemException.of(ProblemCode.INVALID_FIELD, "The event is a ContactFlowEvent");
    }
    return event;
  }

  /** The call. */
  String contactId() {
    ContactData contact = Fields.required(details, "/Details").contactData();
    String id =
        Fields.required(
            contact == null ? null : contact.contactId(), "/Details/ContactData/ContactId");
    if (!CONTACT.matcher(id).matches()) {
      throw ProblemException.of(
          ProblemCode.INVALID_FIELD, "A contact's id is up to 128 letters, digits and dashes");
    }
    return id;
  }

  /** Contact, field and attempt: Connect repeats what takes more than 8 seconds. */
  String transaction() {
    String attempt = parameters().attempt();
    if (attempt != null && !ATTEMPT.matcher(attempt).matches()) {
      throw ProblemException.of(
          ProblemCode.INVALID_FIELD, "An attempt is up to 32 letters, digits and dashes");
    }
    return contactId() + ":card_number:" + (attempt == null ? "" : attempt);
  }

  /** The encrypted card number. */
  byte[] cardNumber() {
    return encrypted(Fields.required(parameters().cardNumber(), "/Details/Parameters/card_number"));
  }

  /** The expiry where it came in the clear; {@code null} otherwise. */
  @Nullable String plainExpiry() {
    String expiry = parameters().expiry();
    return expiry != null && PLAIN_EXPIRY.matcher(expiry).matches() ? expiry : null;
  }

  /** The encrypted expiry; {@code null} where there is none. */
  byte @Nullable [] encryptedExpiry() {
    String expiry = parameters().expiry();
    return expiry == null || expiry.isEmpty() || plainExpiry() != null ? null : encrypted(expiry);
  }

  /** The encrypted security code, where it is {@code wanted} and the caller keyed one. */
  byte @Nullable [] encryptedCode(boolean wanted) {
    try (KeyedCode code = keyedCode()) {
      if (!wanted || code == null || code.bytes().length == 0 || isTimeout(code.bytes())) {
        return null;
      }
      return Base64.getDecoder().decode(code.bytes());
    } catch (IllegalArgumentException e) {
      throw ProblemException.of(ProblemCode.INPUT_UNREADABLE);
    }
  }

  private @Nullable KeyedCode keyedCode() {
    Parameters given = details == null ? null : details.parameters();
    return given == null ? null : given.securityCode();
  }

  private static boolean isTimeout(byte[] keyed) {
    return MessageDigest.isEqual(keyed, TIMEOUT.getBytes(StandardCharsets.US_ASCII));
  }

  private Parameters parameters() {
    return Fields.required(
        Fields.required(details, "/Details").parameters(), "/Details/Parameters");
  }

  private static byte[] encrypted(String base64) {
    if (base64.equals(TIMEOUT)) {
      throw ProblemException.of(ProblemCode.INPUT_TIMEOUT);
    }
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw ProblemException.of(ProblemCode.INPUT_UNREADABLE);
    }
  }
}
