package dev.cardvault.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stops a job. */
@Command(name = "cancel", description = "Stops a job.")
final class CancelJob extends ServiceCommand {

  @Parameters(paramLabel = "JOB", description = "The job's id.")
  String job;

  CancelJob() {
    super("compliance");
  }

  @Override
  void ask(ServiceClient client) {
    show(client.post("/v1/jobs/" + ServiceClient.segment(job) + "/cancel"));
  }
}
