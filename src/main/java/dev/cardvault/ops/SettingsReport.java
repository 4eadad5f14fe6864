package dev.cardvault.ops;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What this process's settings are, for somebody who may not see secrets. */
public final class SettingsReport {

  /** In place of a value that is a secret. */
  public static final String SECRET = "(set, not shown)";

  private static final String DEFAULT = "(default)";

  private static final Pattern SECRETS =
      Pattern.compile(
          "(?i)(.*[._-])?(token|password|passphrase|secret|secret[_-]id|role[_-]id|key)");

  /** What an address may carry: {@code user:password@} and {@code password=}. */
  private static final Pattern IN_ADDRESSES =
      Pattern.compile("(?i)(?<=//)[^/@\\s]*@|(?<=password=)[^&\\s]*");

  private SettingsReport() {}

  /** Each setting of ours with its value, its being a secret, or its being left alone. */
  public static Map<String, String> ofThisProcess() {
    return of(Settings.load("prod"));
  }

  static Map<String, String> of(Settings settings) {
    Map<String, String> report = new TreeMap<>();
    Stream.concat(
            PackagedText.lines(SettingNames.LIST).stream(),
            Stream.of(Variable.values()).map(Variable::name))
        .forEach(
            name ->
                report.put(
                    name, settings.value(name).map(value -> shown(name, value)).orElse(DEFAULT)));
    report.put("quarkus.profile", settings.profile());
    return report;
  }

  private static String shown(String name, String value) {
    return SECRETS.matcher(name).matches() ? SECRET : IN_ADDRESSES.matcher(value).replaceAll("***");
  }
}
