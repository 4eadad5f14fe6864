package dev.cardvault.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cardvault.access.Network;
import dev.cardvault.card.Luhn;
import dev.cardvault.connectors.ConnectorDraft;
import dev.cardvault.connectors.ConnectorKind;
import dev.cardvault.connectors.ConnectorMode;
import dev.cardvault.connectors.ConnectorSecret;
import dev.cardvault.connectors.FormAnswer;
import dev.cardvault.connectors.PayVendor;
import dev.cardvault.vault.TokenProfile;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A connector as an administrator wants it.
 *
 * @param name its name
 * @param kind which tongue the platform speaks
 * @param vendor whose pay connector it is
 * @param profile the token profile, {@code default} when absent
 * @param mode {@code live} or {@code test}
 * @param luhnExemptions test numbers to be taken although their check digit is wrong
 * @param networks where requests may come from, in CIDR notation; absent means anywhere
 * @param answer what the platform behind a form reads, {@code data} when absent
 * @param keepsSecurityCode whether security codes that come along wait for their one use, false
 *     when absent
 * @param opensCaptures whether the connector's own secret opens a capture, false when absent
 * @param fields what such a capture asks for, card number and expiry when absent
 * @param prompts which sound file is played when
 * @param username what the platform shows beside its secret, the connector's id when absent
 * @param password its secret, drawn when absent
 */
record ConnectorFields(
    @Nullable String name,
    @Nullable String kind,
    @Nullable String vendor,
    @Nullable String profile,
    @Nullable String mode,
    @Nullable List<@Nullable String> luhnExemptions,
    @Nullable List<@Nullable String> networks,
    @Nullable String answer,
    @Nullable Boolean keepsSecurityCode,
    @Nullable Boolean opensCaptures,
    @Nullable List<@Nullable String> fields,
    @Nullable Map<String, @Nullable String> prompts,
    @Nullable String username,
    @Nullable String password) {

  private static final int LONGEST_NAME = 100;
  private static final int MOST = 50;
  private static final Pattern CARD_LENGTH = Pattern.compile("[0-9]{12,19}");
  private static final List<String> DEFAULT_FIELDS = List.of("pan", "expiry");
  private static final Set<String> FIELDS = Set.of("pan", "expiry", "security_code", "postal_code");
  private static final Set<String> PROMPTS =
      Set.of("pan", "expiry", "security_code", "postal_code", "invalid", "completed", "failed");

  private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern PASSWORD = Pattern.compile("[!-~]{16,128}");

  /** Nothing that Asterisk would take for a second argument, or another command. */
  private static final Pattern SOUND = Pattern.compile("[A-Za-z0-9_./-]{1,128}");

  static ConnectorFields of(ConnectorDraft draft) {
    PayVendor vendor = draft.vendor();
    FormAnswer answer = draft.answer();
    return new ConnectorFields(
        draft.name(),
        draft.kind().code(),
        vendor == null ? null : vendor.code(),
        draft.profile(),
        draft.mode().code(),
        List.copyOf(draft.luhnExemptions()),
        draft.networks().stream().map(Network::toString).toList(),
        answer == null ? null : answer.code(),
        draft.kind() == ConnectorKind.FASTAGI ? null : draft.keepsCode(),
        draft.kind() == ConnectorKind.FASTAGI ? draft.opensCaptures() : null,
        draft.kind() == ConnectorKind.FASTAGI ? draft.fields() : null,
        draft.kind() == ConnectorKind.FASTAGI ? Map.copyOf(draft.prompts()) : null,
        null,
        null);
  }

  /** These with {@code patch} applied (RFC 7396). */
  ConnectorFields patched(JsonNode patch) {
    if (!patch.isObject()) {
      throw BodyScan.malformed();
    }
    ObjectNode whole = Json.MAPPER.valueToTree(this);
    ConnectorFields changed =
        JsonShape.fromTree(MergePatch.apply(whole, (ObjectNode) patch), ConnectorFields.class);
    if (changed.username != null || changed.password != null) {
      throw Fields.invalid("/password", "A name stays, and a secret is rotated");
    }
    return changed;
  }

  /** What they say, if it is possible. */
  ConnectorDraft checked() {
    ConnectorKind known =
        Fields.oneOf(Fields.required(kind, "/kind"), "/kind", ConnectorKind::ofCode);
    ConnectorMode whose =
        Fields.oneOf(Fields.required(mode, "/mode"), "/mode", ConnectorMode::ofCode);
    return new ConnectorDraft(
        Fields.text(Fields.required(name, "/name"), "/name", LONGEST_NAME),
        known,
        checkedVendor(known),
        checkedProfile(),
        whose,
        checkedExemptions(known, whose),
        checkedNetworks(),
        checkedAnswer(known),
        checkedKeepsCode(known),
        Boolean.TRUE.equals(only(known, ConnectorKind.FASTAGI, opensCaptures, "/opens_captures")),
        checkedFields(known),
        checkedPrompts(known));
  }

  @Nullable String checkedUsername() {
    if (username != null && !USERNAME.matcher(username).matches()) {
      throw Fields.invalid("/username", "A name is 1 to 64 letters, digits, dots, dashes or _");
    }
    return username;
  }

  @Nullable ConnectorSecret checkedPassword() {
    if (password == null) {
      return null;
    }
    if (!PASSWORD.matcher(password).matches()) {
      throw Fields.invalid("/password", "A password is 16 to 128 visible ASCII characters");
    }
    return ConnectorSecret.of(password);
  }

  private @Nullable PayVendor checkedVendor(ConnectorKind known) {
    String given = only(known, ConnectorKind.PAY_CONNECTOR, vendor, "/vendor");
    return known == ConnectorKind.PAY_CONNECTOR
        ? Fields.oneOf(Fields.required(given, "/vendor"), "/vendor", PayVendor::ofCode)
        : null;
  }

  private String checkedProfile() {
    if (profile == null) {
      return TokenProfile.DEFAULT;
    }
    if (!CreateToken.PROFILE_NAME.matcher(profile).matches()) {
      throw Fields.invalid("/profile", "A profile's name is lower-case letters, digits and dashes");
    }
    return profile;
  }

  /** What passes Luhn needs no exemption, and may be somebody's card. */
  private Set<String> checkedExemptions(ConnectorKind known, ConnectorMode whose) {
    Set<String> numbers = each(luhnExemptions, "/luhn_exemptions");
    boolean none = whose == ConnectorMode.LIVE || known == ConnectorKind.FASTAGI;
    if (none && !numbers.isEmpty()) {
      throw Fields.invalid(
          "/luhn_exemptions", "A live connector, and a keypad, have no exemptions");
    }
    for (String number : numbers) {
      if (!CARD_LENGTH.matcher(number).matches()
          || Luhn.holds(number.getBytes(StandardCharsets.US_ASCII))) {
        throw Fields.invalid(
            "/luhn_exemptions", "An exemption is 12 to 19 digits whose check digit is wrong");
      }
    }
    return numbers;
  }

  private List<Network> checkedNetworks() {
    return each(networks, "/networks").stream()
        .map(cidr -> Fields.oneOf(cidr, "/networks", ConnectorFields::network))
        .toList();
  }

  private static Optional<Network> network(String cidr) {
    try {
      return Optional.of(Network.of(cidr));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private @Nullable FormAnswer checkedAnswer(ConnectorKind known) {
    String given = only(known, ConnectorKind.FORM, answer, "/answer");
    if (known != ConnectorKind.FORM) {
      return null;
    }
    return given == null ? FormAnswer.DATA : Fields.oneOf(given, "/answer", FormAnswer::ofCode);
  }

  private boolean checkedKeepsCode(ConnectorKind known) {
    if (keepsSecurityCode != null && known == ConnectorKind.FASTAGI) {
      throw Fields.invalid("/keeps_security_code", "A keypad has security_code among its fields");
    }
    return Boolean.TRUE.equals(keepsSecurityCode);
  }

  private List<String> checkedFields(ConnectorKind known) {
    List<@Nullable String> given = only(known, ConnectorKind.FASTAGI, fields, "/fields");
    if (known != ConnectorKind.FASTAGI) {
      return List.of();
    }
    if (given == null) {
      return DEFAULT_FIELDS;
    }
    Set<String> wanted = each(given, "/fields");
    if (wanted.size() < given.size() || !FIELDS.containsAll(wanted) || !wanted.contains("pan")) {
      throw Fields.invalid(
          "/fields", "These are pan and any of expiry, security_code, postal_code, each once");
    }
    return List.copyOf(wanted);
  }

  private Map<String, String> checkedPrompts(ConnectorKind known) {
    Map<String, @Nullable String> given = only(known, ConnectorKind.FASTAGI, prompts, "/prompts");
    Map<String, String> checked = new LinkedHashMap<>();
    if (given != null) {
      given.forEach(
          (moment, file) -> {
            if (!PROMPTS.contains(moment) || file == null || !SOUND.matcher(file).matches()) {
              throw Fields.invalid(
                  "/prompts",
                  "A prompt is the name of a sound file, without its ending, for one of "
                      + PROMPTS.stream().sorted().toList());
            }
            checked.put(moment, file);
          });
    }
    return checked;
  }

  private static Set<String> each(@Nullable List<@Nullable String> values, String pointer) {
    List<@Nullable String> given = values == null ? List.of() : values;
    if (given.size() > MOST) {
      throw Fields.invalid(pointer, "There are at most " + MOST + " of these");
    }
    Set<String> read = new LinkedHashSet<>();
    for (int i = 0; i < given.size(); i++) {
      read.add(Fields.required(given.get(i), pointer + "/" + i));
    }
    return read;
  }

  /** What only connectors of one kind have. */
  private static <T> @Nullable T only(
      ConnectorKind known, ConnectorKind owner, @Nullable T value, String pointer) {
    if (value != null && known != owner) {
      throw Fields.invalid(pointer, "Only a connector of the kind " + owner.code() + " has this");
    }
    return value;
  }

  /** Never prints the secret. */
  @Override
  public String toString() {
    return "ConnectorFields[redacted]";
  }
}
