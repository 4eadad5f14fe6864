package dev.cardvault;

import dev.cardvault.ops.ExitCode;
import dev.cardvault.ops.Launch;
import dev.cardvault.ops.StartRefused;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/**
 * The command line. {@code --help}, {@code --version} and wrong arguments are answered before
 * anything of Quarkus is loaded.
 */
@QuarkusMain
public final class Main {

  private static final String SETTING = "-D";
  private static final String TENANT = "--tenant";

  Main() {}

  /** Runs the command that the arguments name, and ends the process with its status. */
  public static void main(String... arguments) {
    int status = commandLine().execute(arguments);
    if (status != Launch.GOES_ON) {
      System.exit(status);
    }
  }

  private static CommandLine commandLine() {
    CommandSpec root = CommandSpec.create().name("cardvault").version(version());
    root.usageMessage()
        .description("Exchanges card numbers for tokens and back, and writes down who asked.")
        .footer("", "Without a command, it serves.", "Exit status: " + ExitCode.explained());
    root.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Show the version and exit.")
            .build());
    root.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .scopeType(ScopeType.INHERIT)
            .description("Show this and exit.")
            .build());
    root.addOption(
        OptionSpec.builder(SETTING)
            .type(Map.class)
            .auxiliaryTypes(String.class, String.class)
            .paramLabel("name=value")
            .scopeType(ScopeType.INHERIT)
            .description("A setting, as if it stood before -jar.")
            .build());
    root.addSubcommand("serve", serve());
    root.addSubcommand("bootstrap", bootstrap());
    return new CommandLine(root)
        .setExecutionStrategy(Main::execute)
        .setParameterExceptionHandler(Main::correct);
  }

  private static CommandSpec serve() {
    CommandSpec serve = CommandSpec.create();
    serve.usageMessage().description("Answers requests until it is stopped.");
    return serve;
  }

  private static CommandSpec bootstrap() {
    CommandSpec bootstrap = CommandSpec.create();
    bootstrap
        .usageMessage()
        .description(
            "Makes a tenant and its four clients, and prints their credentials once, as JSON on"
                + " standard output.");
    bootstrap.addOption(
        OptionSpec.builder(TENANT)
            .type(String.class)
            .paramLabel("NAME")
            .required(true)
            .description("The tenant's name: a-z, 0-9 and dashes, at most 63.")
            .build());
    return bootstrap;
  }

  private static int correct(ParameterException wrong, String... arguments) {
    CommandLine command = wrong.getCommandLine();
    command.getErr().println(wrong.getMessage());
    command.usage(command.getErr());
    return ExitCode.USAGE.status();
  }

  private static int execute(ParseResult parsed) {
    Integer answered = CommandLine.executeHelpRequest(parsed);
    if (answered != null) {
      return answered;
    }
    ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    for (ParseResult given :
        parsed.asCommandLineList().stream().map(CommandLine::getParseResult).toList()) {
      Map<String, String> settings = given.matchedOptionValue(SETTING, Map.of());
      settings.forEach(System::setProperty);
    }
    try {
      return command.hasMatchedOption(TENANT)
          ? Launch.bootstrap(command.matchedOptionValue(TENANT, ""))
          : Launch.serve();
    } catch (StartRefused refused) {
      command.commandSpec().commandLine().getErr().println(refused.getMessage());
      return refused.exitCode().status();
    }
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return "cardvault " + (version == null ? "(not packaged)" : version);
  }
}
