package dev.cardvault.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.Jdks;
import dev.cardvault.testing.JvmOnly;
import dev.cardvault.testing.RealVault;
import dev.cardvault.testing.ServiceNode;
import dev.cardvault.testing.TestDatabase;
import dev.cardvault.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The flags of src/main/jvm.options, on the JDK the tests run on and on the image's. */
@JvmOnly
final class JvmFlagsIT {

  private static final Path FLAGS = Path.of("src/main/jvm.options").toAbsolutePath();
  private static final Path HERE = Path.of("").toAbsolutePath();

  @TempDir private Path folder = HERE;

  static Stream<Path> jdks() {
    return Stream.of(Jdks.ownHome(), Jdks.ofTheImage()).distinct();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void takeEffect(Path jdk) {
    Tool.Result result =
        Tool.run(folder, List.of(java(jdk), "@" + FLAGS, "-XX:+PrintFlagsFinal", "-version"));
    assertEquals(0, result.status(), result::output);
    assertFalse(result.output().contains("warning"), result::output);
    for (String[] wanted :
        new String[][] {
          {"HeapDumpOnOutOfMemoryError", "false"},
          {"CreateCoredumpOnCrash", "false"},
          {"DisableAttachMechanism", "true"},
          {"ExitOnOutOfMemoryError", "true"},
          {"UsePerfData", "false"},
          {"UseContainerSupport", "true"},
          {"MaxRAMPercentage", "50.000000"},
        }) {
      assertTrue(
          result.output().matches("(?s).*\\b" + wanted[0] + "\\s+= " + wanted[1] + "\\s.*"),
          wanted[0]);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void endAFullProcessWithoutADump(Path jdk) throws IOException {
    Path program =
        Files.writeString(
            folder.resolve("Fill.java"),
            """
            class Fill {
              public static void main(String[] none) {
                var all = new java.util.ArrayList<byte[]>();
                while (true) {
                  all.add(new byte[1 << 20]);
                }
              }
            }
            """);
    Tool.Result full =
        Tool.run(
            folder, List.of(java(jdk), "@" + FLAGS, "-Xmx48m", program.getFileName().toString()));
    assertEquals(3, full.status(), full::output);
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(
          Set.of("Fill.java"),
          left.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
    }
  }

  /** On the image's JDK the whole service becomes ready, and nobody can look into it. */
  @Test
  void serveAndLetNobodyAttach() {
    RealVault vault = RealVault.shared();
    TestDatabase database = TestPostgres.shared().newDatabase();
    Path jdk = Jdks.ofTheImage();
    try (ServiceNode service =
        ServiceNode.with()
            .onJdk(jdk)
            .flagsOf(FLAGS)
            .env("CARDVAULT_DB_URL", database.url())
            .env("CARDVAULT_DB_USER", TestDatabase.USER)
            .env("CARDVAULT_DB_PASSWORD", "not-asked-for-on-localhost")
            .env("VAULT_ADDR", vault.address())
            .env("VAULT_ROLE_ID", vault.roleId())
            .env("VAULT_SECRET_ID", vault.secretId())
            .startReady()) {
      assertNotEquals(0, jcmd(jdk, Long.toString(service.pid()), "VM.version").status());
      assertNotEquals(0, jcmd(jdk, Long.toString(service.pid()), "GC.heap_info").status());
      String listed = service.pid() + " ";
      assertTrue(
          jcmd(jdk, "-l").output().lines().noneMatch(line -> line.startsWith(listed)),
          "it is not listed");
      assertEquals(200, service.health("ready"), "and it is none the worse");
      assertFalse(service.errors().contains("WARNING"), service::errors);
    }
    String own = Long.toString(ProcessHandle.current().pid());
    assertEquals(0, jcmd(Jdks.ownHome(), own, "VM.version").status(), "others can be attached to");
  }

  private Tool.Result jcmd(Path jdk, String... arguments) {
    return Tool.run(
        folder,
        Stream.concat(Stream.of(jdk.resolve("bin/jcmd").toString()), Stream.of(arguments))
            .toList());
  }

  private static String java(Path jdk) {
    return jdk.resolve("bin/java").toString();
  }
}
