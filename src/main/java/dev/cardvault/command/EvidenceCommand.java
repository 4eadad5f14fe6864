package dev.cardvault.command;

import dev.cardvault.access.Scope;
import dev.cardvault.ops.ExitCode;
import dev.cardvault.ops.SettingsReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Packs what an assessor asks for. */
@Command(
    name = "evidence",
    description =
        "Packs what an assessor asks for into one file: settings without secrets, clients and their"
            + " rights, key ages, components, audit events, the signed state of the audit log, and a hash of each. Run it where the"
            + " service runs, with its settings.")
final class EvidenceCommand implements Callable<Integer> {

  private static final String ADMINISTRATOR = "admin";
  private static final String AUDITOR = "compliance";
  private static final String CHECKPOINT = "/audit-log/checkpoint";
  private static final String KEYS = "/audit-log/key";
  private static final String EVENTS = "/v1/audit-events?limit=100";

  @Mixin ServiceOptions service;

  @Option(
      names = "--sbom",
      paramLabel = "FILE",
      description =
          "A list of components (CycloneDX) to pack. By default sbom/bom.json beside the program's"
              + " folder, where there is one.")
  @Nullable Path sbom;

  @Parameters(paramLabel = "FILE", description = "The file to write, a .zip; it must not be there.")
  Path file;

  @Spec CommandSpec spec;

  private final List<String> missing = new ArrayList<>();

  @Override
  public Integer call() {
    String made = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    try (Progress progress = Progress.of("evidence", 10);
        Bundle bundle = new Bundle(file)) {
      add(bundle, progress, "version.json", () -> Json.bytes(version(made)));
      add(bundle, progress, "settings.json", () -> Json.bytes(SettingsReport.ofThisProcess()));
      add(bundle, progress, "separation-of-duties.json", () -> Json.bytes(separation()));
      add(bundle, progress, "files.json", () -> Json.bytes(RunningProgram.hashes()));
      Path components = sbom == null ? RunningProgram.components() : sbom;
      if (Files.exists(components)) {
        add(bundle, progress, "sbom.json", () -> read(components));
      }
      add(bundle, progress, "clients.json", () -> asked(ADMINISTRATOR, "/v1/clients?limit=100"));
      add(bundle, progress, "keys.json", () -> asked(ADMINISTRATOR, "/v1/keys"));
      add(bundle, progress, "audit-events.json", () -> asked(AUDITOR, EVENTS));
      add(bundle, progress, "audit-checkpoint.txt", () -> asked(AUDITOR, CHECKPOINT));
      add(bundle, progress, "audit-keys.txt", () -> asked(AUDITOR, KEYS));
      if (!missing.isEmpty()) {
        bundle.add("missing.txt", String.join("\n", missing).getBytes(StandardCharsets.UTF_8));
      }
      bundle.sealUp();
    }
    PrintWriter err = spec.commandLine().getErr();
    missing.forEach(err::println);
    spec.commandLine().getOut().println(file);
    return missing.isEmpty() ? ExitCode.DONE.status() : ExitCode.FAILED.status();
  }

  private void add(Bundle bundle, Progress progress, String name, Supplier<byte[]> content) {
    try {
      bundle.add(name, content.get());
    } catch (CommandFailed failed) {
      missing.add("Not in it: " + name + ": " + failed.getMessage());
    }
    progress.advance(1);
  }

  private static byte[] read(Path components) {
    try {
      return Files.readAllBytes(components);
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.FAILED, "This cannot be read: " + components);
    }
  }

  private byte[] asked(String role, String path) {
    return service.connect(role).get(path).body();
  }

  private static Map<String, String> version(String made) {
    Map<String, String> version = new LinkedHashMap<>();
    version.put("made_at", made);
    version.put("cardvault", String.join(" ", new Version().getVersion()));
    version.put("java", Runtime.version().toString());
    version.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    return version;
  }

  /** For each scope those that no client may hold beside it. */
  private static Map<String, List<String>> separation() {
    Map<String, List<String>> apart = new LinkedHashMap<>();
    for (Scope one : Scope.values()) {
      List<String> others = new ArrayList<>();
      for (Scope other : Scope.values()) {
        if (!Scope.mayBeHeldTogether(EnumSet.of(one, other))) {
          others.add(other.code());
        }
      }
      apart.put(one.code(), others);
    }
    return apart;
  }
}
