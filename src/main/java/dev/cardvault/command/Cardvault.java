package dev.cardvault.command;

import dev.cardvault.ops.ExitCode;
import dev.cardvault.ops.Launch;
import dev.cardvault.ops.StartRefused;
import dev.cardvault.verifier.VerifyCommand;
import dev.cardvault.witness.WitnessCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/**
 * The whole command line. {@code --help}, {@code --version} and wrong arguments are answered before
 * anything of Quarkus is loaded.
 */
@Command(
    name = "cardvault",
    description = "Exchanges card numbers for tokens and back, and writes down who asked.",
    footer = {"", "Without a command, it serves."},
    versionProvider = Version.class,
    subcommands = {
      ServeCommand.class,
      BootstrapCommand.class,
      MigrateCommand.class,
      TokensCommand.class,
      CapturesCommand.class,
      AuditCommand.class,
      AuditExportCommand.class,
      VerifyCommand.class,
      WitnessCommand.class,
      JobsCommand.class,
      KeysCommand.class,
      ClientsCommand.class,
      HoldsCommand.class,
      EvidenceCommand.class,
      CompletionCommand.class,
    })
public final class Cardvault implements Callable<Integer> {

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  boolean version;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this and exit.")
  boolean help;

  private Cardvault() {}

  /**
   * Runs the command that the arguments name, and serves where there are none: then the start does
   * not wait for the tree of commands, which takes a twelfth of it.
   *
   * @return the process's exit status, or {@link Launch#GOES_ON}
   */
  public static int run(String... arguments) {
    if (arguments.length > 0) {
      return commandLine().execute(arguments);
    }
    try {
      return Launch.serve();
    } catch (StartRefused refused) {
      System.err.println(refused.getMessage());
      return refused.exitCode().status();
    }
  }

  /** The tree, ready to be executed. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Cardvault());
    UsageMessageSpec usage = line.getCommandSpec().usageMessage();
    Map<String, String> statuses = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      statuses.put(Integer.toString(code.status()), code.meaning());
    }
    usage.exitCodeListHeading("%nExit status:%n").exitCodeList(statuses);
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Cardvault::correct)
        .setExecutionExceptionHandler(Cardvault::explain);
  }

  /** A setting of the service, told here so that it also works behind the jar's name. */
  @Option(
      names = "-D",
      paramLabel = "name=value",
      scope = ScopeType.INHERIT,
      description = "A setting, as if it stood before -jar.")
  void set(Map<String, String> settings) {
    settings.forEach(System::setProperty);
  }

  @Override
  public Integer call() {
    return Launch.serve();
  }

  private static int correct(ParameterException wrong, String... arguments) {
    CommandLine command = wrong.getCommandLine();
    command.getErr().println(wrong.getMessage());
    command.usage(command.getErr());
    return ExitCode.USAGE.status();
  }

  private static int explain(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    if (failure instanceof StartRefused refused) {
      command.getErr().println(refused.getMessage());
      return refused.exitCode().status();
    }
    if (failure instanceof CommandFailed failed) {
      command.getErr().println(failed.getMessage());
      return failed.exitCode().status();
    }
    throw failure;
  }
}
