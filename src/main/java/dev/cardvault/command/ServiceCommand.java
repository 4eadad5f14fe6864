package dev.cardvault.command;

import dev.cardvault.ops.ExitCode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that asks a running service. */
abstract class ServiceCommand implements Callable<Integer> {

  @Mixin ServiceOptions service;

  @Option(names = "--json", description = "Print what the service answers, for programs.")
  boolean json;

  @Spec CommandSpec spec;

  private final String role;

  /**
   * @param role the client of bootstrap's that may do this, where nobody says whom to be
   */
  ServiceCommand(String role) {
    this.role = role;
  }

  /** Asks, and prints the answer. */
  abstract void ask(ServiceClient client);

  @Override
  public final Integer call() {
    ask(service.connect(role));
    return ExitCode.DONE.status();
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Prints an answer about one thing. */
  final void show(Answer answer) {
    if (json) {
      Shown.json(answer.body(), out());
    } else {
      Shown.fields(answer.body(), out());
    }
  }

  /** Prints a page: its {@code data} as a table. */
  final void show(Answer page, List<Column> columns) {
    if (json) {
      Shown.json(page.body(), out());
    } else {
      Shown.table(page.json().path("data"), columns, out());
    }
  }
}
