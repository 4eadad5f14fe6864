package dev.cardvault.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cardvault.ops.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Keeps docs/command-line.md what the commands say of themselves. {@code -Dtest=CommandLinePageTest
 * -Dwrite} writes it anew.
 */
final class CommandLinePageTest {

  private static final Path PAGE = Path.of("docs/command-line.md");
  private static final Set<String> OF_ALL = Set.of("--help", "-D");

  private static final String HEAD =
      """
      # Command line
      Written by `CommandLinePageTest` from the commands themselves;
      `./mvnw -Dquick test -Dtest=CommandLinePageTest -Dwrite` writes it anew.

      `cardvault` below stands for `java -jar target/quarkus-app/quarkus-run.jar`:

          alias cardvault='java -jar /opt/cardvault/quarkus-run.jar'
          . <(cardvault completion)

      The second line completes commands and options in bash and zsh. Every command takes `--help`, which answers at once,
      and `-Dname=value`, a setting.

      ## Which service is asked, and as whom
      Commands that ask a running service log in as one of its clients. Without any option they ask `127.0.0.1:8080`, with
      the credentials that the embedded start wrote to `data/credentials.json`, as the role whose work the command is. For
      other services write a profile, `~/.config/cardvault/NAME.properties`, and say `--profile NAME`; the one called
      `default` need not be said:

      ```properties
      url=https://vault.example.com:8443
      credentials=acme.json
      client=billing
      ca=ca.pem
      ```

      `credentials` is a file with what `bootstrap` printed, or one role of it; it must be readable by its owner alone.
      Relative files lie beside the profile. Another machine is asked over `https` only.

      People get a table or a field a line, programs say `--json` and get what the service answered. A card number is never
      an argument: it is typed unseen or comes as a line on standard input.

      """;

  private static final String STATUSES =
      """

      ## Exit status
      | status | meaning |
      |---|---|
      """;

  @Test
  void thePageSaysWhatTheCommandsSay() throws IOException {
    String page = page();
    if (System.getProperty("write") != null) {
      Files.writeString(PAGE, page);
    }
    assertEquals(page, Files.readString(PAGE), PAGE + " has drifted: run with -Dwrite");
  }

  /** What every command takes that asks a service. */
  private static final List<OptionSpec> ASKING =
      CommandSpec.forAnnotatedObject(new ListKeys()).options();

  private static String page() {
    StringBuilder page = new StringBuilder(HEAD);
    page.append("| | |\n|---|---|\n");
    ASKING.forEach(option -> page.append(row(option)));
    page.append(STATUSES);
    for (ExitCode code : ExitCode.values()) {
      page.append("| ").append(code.status()).append(" | ").append(code.meaning()).append(" |\n");
    }
    page.append("\n## Commands\n");
    write(Cardvault.commandLine(), page);
    return page.toString();
  }

  private static void write(CommandLine command, StringBuilder page) {
    CommandSpec spec = command.getCommandSpec();
    page.append("\n### `").append(spec.qualifiedName()).append("`\n\n");
    page.append(String.join(" ", spec.usageMessage().description()).strip()).append('\n');
    String statuses =
        String.join(
            "\n",
            spec.usageMessage().exitCodeList().entrySet().stream()
                .map(status -> "| " + status.getKey() + " | " + status.getValue() + " |")
                .toList());
    if (spec.parent() != null && !statuses.isEmpty()) {
      page.append("\n| exit status | meaning |\n|---|---|\n").append(statuses).append('\n');
    }
    List<ArgSpec> arguments = spec.args().stream().filter(CommandLinePageTest::isItsOwn).toList();
    if (!arguments.isEmpty()) {
      page.append("\n| | |\n|---|---|\n");
      arguments.forEach(argument -> page.append(row(argument)));
    }
    command.getSubcommands().values().stream().distinct().forEach(below -> write(below, page));
  }

  private static boolean isItsOwn(ArgSpec argument) {
    return !argument.hidden()
        && !(argument instanceof OptionSpec option
            && (OF_ALL.contains(option.longestName())
                || ASKING.stream().anyMatch(o -> o.longestName().equals(option.longestName()))));
  }

  private static String row(ArgSpec argument) {
    String name =
        argument instanceof OptionSpec option
            ? String.join(", ", option.names())
                + (option.arity().max() == 0 ? "" : " " + option.paramLabel())
            : argument.paramLabel();
    String needed = argument instanceof OptionSpec && argument.required() ? " Needed." : "";
    return "| `" + name + "` | " + String.join(" ", argument.description()) + needed + " |\n";
  }
}
