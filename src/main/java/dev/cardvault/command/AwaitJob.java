package dev.cardvault.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Waits until a job has ended, and shows it. */
@Command(name = "wait", description = "Waits until a job has ended, and shows it.")
final class AwaitJob extends ServiceCommand {

  @Parameters(paramLabel = "JOB", description = "The job's id.")
  String job;

  AwaitJob() {
    super("compliance");
  }

  @Override
  void ask(ServiceClient client) {
    show(RunningJob.ended(client, job));
  }
}
