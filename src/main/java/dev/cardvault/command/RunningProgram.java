package dev.cardvault.command;

import dev.cardvault.ops.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What this very process was started from. */
final class RunningProgram {

  private RunningProgram() {}

  /** The SHA-256 of each of its files (PCI DSS 11.5.2), by their paths below its folder. */
  static Map<String, String> hashes() {
    Path folder = folder();
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        hashes.put(folder.relativize(file).toString(), Hashes.sha256(Files.readAllBytes(file)));
      }
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.FAILED, "The program's files cannot be read: " + folder);
    }
    return hashes;
  }

  /** Where the build puts the list of its components. */
  static Path components() {
    return folder().resolveSibling(Path.of("sbom", "bom.json"));
  }

  private static Path folder() {
    Path jar = Path.of(System.getProperty("java.class.path")).toAbsolutePath().normalize();
    Path folder = jar.getParent();
    if (!Files.isRegularFile(jar) || folder == null) {
      throw new CommandFailed(ExitCode.FAILED, "This is no packaged program");
    }
    return folder;
  }
}
