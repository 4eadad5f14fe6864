package dev.cardvault.clients;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A secret a client logs in with: {@code cvs_}, the number of its credential, and 256 random bits.
 * The number says which one hash it has to be checked against, so that a login costs one whether or
 * not there is such a client; the prefix lets scanners for leaked secrets know it.
 */
public final class ClientSecret {

  private static final Pattern FORM =
      Pattern.compile("cvs_([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})_.{43}");

  private final String text;

  private ClientSecret(String text) {
    this.text = text;
  }

  /** A new secret for the credential of that number. */
  static ClientSecret draw(UUID credential, SecureRandom random) {
    byte[] bits = new byte[32];
    random.nextBytes(bits);
    String drawn = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    return new ClientSecret("cvs_" + credential + "_" + drawn);
  }

  /** What somebody shows as a secret. */
  public static ClientSecret shown(String text) {
    return new ClientSecret(text);
  }

  /** The id of the credential it claims to be of; {@code null} when it is no secret of ours. */
  @Nullable String credentialId() {
    Matcher form = FORM.matcher(text);
    return form.matches() ? Credential.PREFIX + form.group(1) : null;
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The secret itself, for the one answer or file that hands it over. */
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "ClientSecret[redacted]";
  }
}
