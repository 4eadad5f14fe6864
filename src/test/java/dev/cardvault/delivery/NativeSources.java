package dev.cardvault.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What {@code native-image} is given: its arguments, our jar, and the libraries.
 *
 * @param arguments one a line of a command
 * @param ours the entries of our jar, by name
 * @param jars all jars, ours first
 */
record NativeSources(List<String> arguments, Map<String, byte[]> ours, List<Path> jars) {

  private static final String RUN_TIME = "--initialize-at-run-time=";

  static NativeSources read(Path folder) throws IOException {
    Path runner;
    try (Stream<Path> files = Files.list(folder)) {
      runner =
          files.filter(file -> file.toString().endsWith("-runner.jar")).findFirst().orElseThrow();
    }
    List<Path> jars = new ArrayList<>(List.of(runner));
    try (Stream<Path> libraries = Files.list(folder.resolve("lib"))) {
      libraries.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
    }
    List<String> arguments =
        List.of(Files.readString(folder.resolve("native-image.args")).strip().split("\\s+"));
    return new NativeSources(arguments, entries(runner), jars);
  }

  /** The classes that the arguments, the generated feature or a library want made at each start. */
  Set<String> initializedAtRunTime() throws IOException {
    Set<String> names = new LinkedHashSet<>();
    arguments.forEach(argument -> addTo(names, argument));
    for (Path jar : jars) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        for (ZipEntry entry : zip.stream().filter(NativeSources::isArguments).toList()) {
          String text = new String(bytes(zip, entry), StandardCharsets.UTF_8);
          for (String argument : text.replace("\\\n", " ").split("[\\s=]*Args[\\s=]*|\\s+")) {
            addTo(names, argument);
          }
        }
      }
    }
    return names;
  }

  /** Whether the feature that Quarkus generates names this class. */
  boolean isNamedByTheFeature(String type) {
    byte[] feature = ours.getOrDefault("io/quarkus/runner/Feature.class", new byte[0]);
    return new String(feature, StandardCharsets.ISO_8859_1).contains(type);
  }

  /** A generated configuration, such as {@code reflect-config.json}. */
  JsonNode config(String name) throws IOException {
    return new ObjectMapper().readTree(ours.get("META-INF/native-image/" + name));
  }

  /** Every class that a configuration in our jar opens to reflection: Quarkus' and picocli's. */
  Set<String> reflected() throws IOException {
    Set<String> names = new LinkedHashSet<>();
    for (Map.Entry<String, byte[]> entry : ours.entrySet()) {
      if (entry.getKey().matches("META-INF/native-image/(.*/)?reflect-config\\.json")) {
        names.addAll(new ObjectMapper().readTree(entry.getValue()).findValuesAsText("name"));
      }
    }
    return names;
  }

  private static void addTo(Set<String> names, String argument) {
    if (argument.startsWith(RUN_TIME)) {
      names.addAll(List.of(argument.substring(RUN_TIME.length()).split(",", -1)));
    }
  }

  private static boolean isArguments(ZipEntry entry) {
    return entry.getName().startsWith("META-INF/native-image/")
        && entry.getName().endsWith("native-image.properties");
  }

  private static Map<String, byte[]> entries(Path jar) throws IOException {
    Map<String, byte[]> entries = new HashMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
        entries.put(entry.getName(), bytes(zip, entry));
      }
    }
    return entries;
  }

  private static byte[] bytes(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
