package dev.cardvault.command;

import dev.cardvault.ops.ExitCode;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of a service: {@code url}, {@code credentials}, {@code client}, {@code ca}. It
 * holds no secret, only where one is.
 *
 * @param url where the service is
 * @param credentials the file with what its clients log in with
 * @param client which of them to be
 * @param ca the authority to trust, as PEM; none for those of the JVM
 */
record Profile(URI url, Path credentials, @Nullable String client, @Nullable Path ca) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final String DEFAULT = "default";
  private static final URI LOCAL = URI.create("http://127.0.0.1:8080");

  /** The profile of that name; without a name the default one, which need not be there. */
  static Profile named(@Nullable String name) {
    if (name != null && !NAME.matcher(name).matches()) {
      throw new CommandFailed(ExitCode.USAGE, "A profile's name has letters, digits, _ and -");
    }
    Path file = folder().resolve((name == null ? DEFAULT : name) + ".properties");
    if (Files.exists(file)) {
      return read(file);
    }
    if (name != null) {
      throw new CommandFailed(ExitCode.CONFIGURATION, "There is no profile " + file);
    }
    return new Profile(LOCAL, credentialsHere(), null, null);
  }

  private static Profile read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      return new Profile(
          URI.create(properties.getProperty("url", LOCAL.toString())),
          path(file, properties.getProperty("credentials", credentialsHere().toString())),
          properties.getProperty("client"),
          properties.getProperty("ca") == null ? null : path(file, properties.getProperty("ca")));
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailed(ExitCode.CONFIGURATION, "The profile cannot be read: " + file);
    }
  }

  /** A file named in a profile; a relative one lies beside it. */
  private static Path path(Path profile, String named) {
    return profile.resolveSibling(named);
  }

  private static Path credentialsHere() {
    String data = System.getenv().getOrDefault("CARDVAULT_DATA", "data");
    return Path.of(data, "credentials.json").toAbsolutePath();
  }

  private static Path folder() {
    String configuration = System.getenv("XDG_CONFIG_HOME");
    Path base =
        configuration == null || configuration.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".config")
            : Path.of(configuration);
    return base.resolve("cardvault");
  }
}
