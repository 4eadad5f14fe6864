package dev.cardvault.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows a job. */
@Command(name = "get", description = "Shows a job.")
final class ShowJob extends ServiceCommand {

  @Parameters(paramLabel = "JOB", description = "The job's id.")
  String job;

  ShowJob() {
    super("compliance");
  }

  @Override
  void ask(ServiceClient client) {
    show(client.get("/v1/jobs/" + ServiceClient.segment(job)));
  }
}
