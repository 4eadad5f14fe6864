package dev.cardvault.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a native build would be made of ({@code ./mvnw verify -Dnative
 * -Dquarkus.native.sources-only=true -Dit.test=NativeSourcesIT}): everything that is found by name
 * is there and will be found, and nothing is fixed while the image is built that has to differ at
 * each start.
 */
final class NativeSourcesIT {

  private static final Path FOLDER =
      Path.of(System.getProperty("cardvault.test.native-sources", "target/native/native-sources"));
  private static final String OURS = "dev.cardvault.";
  private static final DotName REGISTERED =
      DotName.createSimple("io.quarkus.runtime.annotations.RegisterForReflection");
  private static final DotName COMMAND = DotName.createSimple("picocli.CommandLine$Command");
  private static final Set<String> GENERATORS =
      Set.of("java.security.SecureRandom", "java.util.Random", "java.util.SplittableRandom");

  /** Those from which nothing secret is drawn. */
  private static final Set<String> HARMLESS =
      Set.of(
          // Spreads a counter over its cells.
          "io.prometheus.client.Striped64.rng",
          // An answer for demonstrations, which nothing here gives.
          "io.smallrye.health.HealthStatus.random",
          // A name for the JDK's own field, which Quarkus empties while the image is built.
          "io.quarkus.runtime.graal.Target_sun_security_jca_JCAUtil.def");

  private static NativeSources sources = new NativeSources(List.of(), Map.of(), List.of());
  private static Index index = new Indexer().complete();

  @BeforeAll
  static void read() throws IOException {
    sources = NativeSources.read(FOLDER);
    Indexer indexer = new Indexer();
    for (Path jar : sources.jars()) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        for (ZipEntry entry : zip.stream().filter(NativeSourcesIT::isClass).toList()) {
          try (InputStream in = zip.getInputStream(entry)) {
            indexer.index(in);
          }
        }
      }
    }
    index = indexer.complete();
  }

  @Test
  void theBinaryWritesNoHeapToDiskAndFallsBackToNoJvm() {
    List<String> arguments = sources.arguments();
    assertTrue(arguments.contains("--no-fallback"));
    assertFalse(
        arguments.stream().anyMatch(a -> a.startsWith("--enable-monitoring")), "no dumps, no JMX");
    assertFalse(arguments.stream().anyMatch(a -> a.contains("--debug") || a.equals("-g")));
  }

  @Test
  void everyClassNamedInTheArgumentsIsThere() {
    for (String argument : sources.arguments()) {
      if (argument.startsWith("--initialize-at-run-time=") || argument.startsWith("--features=")) {
        for (String name : argument.substring(argument.indexOf('=') + 1).split(",", -1)) {
          assertTrue(isThere(name), name);
        }
      }
    }
  }

  @Test
  void everyClassOfOursThatIsConfiguredIsThere() throws IOException {
    Set<String> named = new TreeSet<>();
    sources.reflected().stream().filter(name -> name.startsWith(OURS)).forEach(named::add);
    for (String file : List.of("jni-config.json", "serialization-config.json")) {
      JsonNode config = sources.config(file);
      config.findValuesAsText("name").stream()
          .filter(name -> name.startsWith(OURS))
          .map(name -> name.replaceAll("\\[\\]$", ""))
          .forEach(named::add);
    }
    assertTrue(named.size() > 50, "classes are configured");
    // Hibernate asks for a metamodel of each entity, whether or not somebody generates one.
    named.removeIf(name -> isThere(name) || isThere(name.replaceAll("_$", "")));
    assertEquals(Set.of(), named);
  }

  @Test
  void everyServiceOfOursIsThere() {
    sources
        .ours()
        .forEach(
            (name, content) -> {
              if (name.startsWith("META-INF/services/")) {
                new String(content, StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceAll("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .forEach(line -> assertTrue(isThere(line), line));
              }
            });
  }

  @Test
  void everyFileThatIsReadIsAResourceOfTheBinary() throws IOException {
    JsonNode includes = sources.config("resource-config.json").at("/resources/includes");
    List<String> patterns =
        includes.findValuesAsText("pattern").stream().collect(Collectors.toList());
    Set<String> missing =
        sources.ours().keySet().stream()
            .filter(
                name ->
                    name.equals("application.properties")
                        || name.startsWith("db/migration/")
                        || (name.startsWith("dev/cardvault/") && !name.endsWith(".class")))
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(missing.size() > 6, "files are read");
    missing.removeIf(name -> patterns.stream().anyMatch(name::matches));
    assertEquals(Set.of(), missing);
  }

  @Test
  void everyClassThatAsksForReflectionHasIt() throws IOException {
    Set<String> registered = sources.reflected();
    Set<String> missing = new TreeSet<>();
    for (AnnotationInstance asked : index.getAnnotations(REGISTERED)) {
      String name = asked.target().asClass().name().toString();
      if (name.startsWith(OURS) && asked.value("targets") == null && !registered.contains(name)) {
        missing.add(name);
      }
    }
    assertEquals(Set.of(), missing);
  }

  /**
   * picocli reads its annotations by reflection, so each command and its fields have to be known.
   */
  @Test
  void everyCommandIsKnown() throws IOException {
    Set<String> registered = sources.reflected();
    Set<String> missing = new TreeSet<>();
    for (AnnotationInstance command : index.getAnnotations(COMMAND)) {
      if (command.target().kind() == AnnotationTarget.Kind.CLASS) {
        missing.add(command.target().asClass().name().toString());
      }
    }
    missing.removeIf(name -> !name.startsWith(OURS));
    assertTrue(missing.contains("dev.cardvault.command.MigrateCommand"), missing::toString);
    missing.removeAll(registered);
    assertEquals(Set.of(), missing);
  }

  /** One made while the image is built would draw the same tokens and nonces at every start. */
  @Test
  void noGeneratorIsMadeWhileTheImageIsBuilt() throws IOException {
    Set<String> late = sources.initializedAtRunTime();
    Set<String> frozen = new TreeSet<>();
    for (ClassInfo type : index.getKnownClasses()) {
      for (FieldInfo field : type.fields()) {
        boolean generator =
            Modifier.isStatic(field.flags()) && GENERATORS.contains(field.type().name().toString());
        if (generator && !isLate(type.name().toString(), late)) {
          frozen.add(type.name() + "." + field.name());
        }
      }
    }
    frozen.removeAll(HARMLESS);
    assertEquals(Set.of(), frozen);
  }

  private static boolean isLate(String type, Set<String> late) {
    return sources.isNamedByTheFeature(type)
        || late.stream().anyMatch(name -> type.equals(name) || type.startsWith(name + "."));
  }

  private static boolean isThere(String type) {
    return index.getClassByName(DotName.createSimple(type)) != null;
  }

  private static boolean isClass(ZipEntry entry) {
    return entry.getName().endsWith(".class")
        && !entry.getName().startsWith("META-INF/")
        && !entry.getName().endsWith("module-info.class");
  }
}
