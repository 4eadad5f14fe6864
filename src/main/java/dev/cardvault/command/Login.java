package dev.cardvault.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cardvault.ops.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What one client logs in with, read from the file that bootstrap's output was put into. */
final class Login {

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private final String id;
  private final String secret;

  private Login(String id, String secret) {
    this.id = id;
    this.secret = secret;
  }

  /**
   * The login of {@code client} in {@code file}; where none is named, that of {@code role}, or the
   * only one there.
   */
  static Login in(Path file, @Nullable String client, String role) {
    JsonNode clients = read(file);
    Set<String> names = new TreeSet<>();
    clients.fieldNames().forEachRemaining(names::add);
    String wanted = client != null ? client : names.size() == 1 ? names.iterator().next() : role;
    JsonNode login = clients.path(wanted);
    if (!login.path("client_id").isTextual() || !login.path("client_secret").isTextual()) {
      throw new CommandFailed(
          ExitCode.CONFIGURATION,
          "No client " + wanted + " in " + file + ", which has " + names + ". Say which: --as");
    }
    return new Login(login.get("client_id").textValue(), login.get("client_secret").textValue());
  }

  private static JsonNode read(Path file) {
    try {
      closedToOthers(file);
      JsonNode clients = Json.MAPPER.readTree(Files.readAllBytes(file));
      if (clients.isObject()) {
        return clients;
      }
    } catch (NoSuchFileException missing) {
      throw new CommandFailed(
          ExitCode.CONFIGURATION, "There is no file of credentials " + file + ": --credentials");
    } catch (IOException unreadable) {
      // Said below; a parser's own words would quote a secret.
    }
    throw new CommandFailed(ExitCode.CONFIGURATION, "These credentials cannot be read: " + file);
  }

  private static void closedToOthers(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    Set<PosixFilePermission> granted =
        EnumSet.copyOf(Files.getPosixFilePermissions(file, new LinkOption[0]));
    granted.retainAll(OTHERS);
    if (!granted.isEmpty()) {
      throw new CommandFailed(
          ExitCode.CONFIGURATION, "Others can read these credentials: chmod 600 " + file);
    }
  }

  /** The header of a login (RFC 6749, 2.3.1). Ids and secrets of ours need no form encoding. */
  String basic() {
    byte[] pair = (id + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Never prints what it holds. */
  @Override
  public String toString() {
    return "Login[redacted]";
  }
}
