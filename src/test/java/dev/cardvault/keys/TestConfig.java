package dev.cardvault.keys;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** The configuration of this package as a test wants it, read as Quarkus does. */
final class TestConfig {

  private TestConfig() {}

  /** The defaults, but for {@code settings}, whose names lack {@code cardvault.keys.}. */
  static KeysConfig of(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    settings.forEach((name, value) -> all.put("cardvault.keys." + name, value));
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withMapping(KeysConfig.class)
        .withSources(new PropertiesConfigSource(all, "test", 500))
        .build()
        .getConfigMapping(KeysConfig.class);
  }
}
