package dev.cardvault.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether each setting of ours is one we know: a misspelt one would silently do nothing. */
final class SettingNames {

  /** One name a line; written with docs/configuration.md, from the same sources. */
  static final String LIST = "settings.txt";

  private static final String PROPERTIES = "cardvault.";
  private static final String VARIABLES = "CARDVAULT_";

  private SettingNames() {}

  static List<Complaint> complaints(Settings settings) {
    Set<String> properties = known();
    Set<String> variables =
        properties.stream()
            .map(SettingNames::variable)
            .collect(Collectors.toCollection(TreeSet::new));
    Stream.of(Variable.values()).map(Variable::name).forEach(variables::add);
    List<Complaint> complaints = new ArrayList<>();
    Set<String> names = settings.names();
    for (String name : names) {
      boolean unknown =
          name.startsWith(VARIABLES)
              ? !variables.contains(name)
              : name.startsWith(PROPERTIES)
                  && !properties.contains(name)
                  && !isVariable(name, variables, names);
      if (unknown) {
        complaints.add(
            new Complaint(
                name + " is not a setting of this version",
                "What it was meant to change stays as it is.",
                "Correct its spelling after docs/configuration.md, or remove it."));
      }
    }
    return complaints;
  }

  /** Whether a property is only another spelling of an environment variable, looked at as such. */
  private static boolean isVariable(String property, Set<String> known, Set<String> set) {
    String variable = variable(property);
    return known.contains(variable) || set.contains(variable);
  }

  /** A property as the environment spells it (MicroProfile Config 3.1, 5.3.1). */
  private static String variable(String property) {
    return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private static Set<String> known() {
    return Set.copyOf(PackagedText.lines(LIST));
  }
}
