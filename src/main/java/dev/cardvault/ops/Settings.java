package dev.cardvault.ops;

import io.smallrye.config.DotEnvConfigSourceProvider;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * The settings as Quarkus will see them, read before it starts: system properties, environment,
 * {@code .env} and {@code config/application.properties} in the working directory, and the defaults
 * in the package.
 */
public final class Settings {

  private static final String FILE = "application.properties";
  private static final int PROPERTIES = 400;
  private static final int ENVIRONMENT = 300;
  private static final int BESIDE = 260;
  private static final int DEFAULTS = 250;

  private static final Set<String> WITH_EMBEDDED_DATABASE = Set.of("embedded", "dev");

  private final SmallRyeConfig config;
  private final List<String> profiles;

  private Settings(SmallRyeConfig config, List<String> profiles) {
    this.config = config;
    this.profiles = profiles;
  }

  /**
   * This process's settings.
   *
   * @param defaultProfile when none is asked for
   */
  public static Settings load(String defaultProfile) {
    return of(System.getProperties(), System.getenv(), defaultProfile);
  }

  /** Settings of these system properties and this environment. */
  static Settings of(
      Properties properties, Map<String, String> environment, String defaultProfile) {
    List<String> profiles = profiles(properties, environment, defaultProfile);
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withProfiles(profiles)
            .withSources(new PropertiesConfigSource(properties, "system properties", PROPERTIES))
            .withSources(new EnvConfigSource(environment, ENVIRONMENT))
            .withSources(new DotEnvConfigSourceProvider());
    try {
      Path beside = Path.of("config", FILE).toAbsolutePath();
      if (Files.isReadable(beside)) {
        builder.withSources(new PropertiesConfigSource(beside.toUri().toURL(), BESIDE));
      }
      URL packaged = Thread.currentThread().getContextClassLoader().getResource(FILE);
      if (packaged != null) {
        builder.withSources(new PropertiesConfigSource(packaged, DEFAULTS));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Settings(builder.build(), profiles);
  }

  /** Whether this start brings its own database along. */
  public boolean embedded() {
    return profiles.stream().anyMatch(WITH_EMBEDDED_DATABASE::contains);
  }

  /** The profile's name, for people. */
  String profile() {
    return String.join(",", profiles);
  }

  /** A setting's value, with what it refers to filled in; none when it is empty. */
  public Optional<String> value(String name) {
    return config.getOptionalValue(name, String.class).filter(v -> !v.isBlank());
  }

  /** Whether a setting is {@code true}. */
  boolean isTrue(String name) {
    return value(name).filter(v -> v.equalsIgnoreCase("true")).isPresent();
  }

  /** Every name that is set anywhere, as its source spells it. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    config.getPropertyNames().forEach(names::add);
    return names;
  }

  private static List<String> profiles(
      Properties properties, Map<String, String> environment, String defaultProfile) {
    String asked = properties.getProperty("quarkus.profile", environment.get("QUARKUS_PROFILE"));
    List<String> profiles = new ArrayList<>();
    for (String profile : (asked == null ? defaultProfile : asked).split(",")) {
      profiles.add(profile.strip());
    }
    return profiles;
  }
}
