package dev.cardvault.command;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the tenant's audit events into a file. */
@Command(
    name = "save",
    description =
        "Writes the tenant's audit events of a time into a file, by a job of the service.")
final class SaveEvents extends ServiceCommand {

  @Option(
      names = "--from",
      paramLabel = "TIME",
      required = true,
      description = "Events at or after, like 2026-01-31T00:00:00Z.")
  String from;

  @Option(names = "--to", paramLabel = "TIME", required = true, description = "And before.")
  String to;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "ndjson",
      description = "ndjson, csv, ocsf or cef. By default ${DEFAULT-VALUE}.")
  String format;

  @Option(
      names = "--proofs",
      description = "Each event with its proof, for audit-verify; as ndjson.")
  boolean proofs;

  @Parameters(paramLabel = "FILE", description = "The file to write; it must not be there.")
  Path file;

  SaveEvents() {
    super("compliance");
  }

  @Override
  void ask(ServiceClient client) {
    byte[] wish =
        new Given()
            .and("from", from)
            .and("to", to)
            .and("format", format)
            .and("proofs", proofs)
            .body();
    String job = Json.text(client.post("/v1/audit-exports", wish).json(), "/id");
    Answer ended = RunningJob.ended(client, job);
    client.download("/v1/jobs/" + ServiceClient.segment(job) + "/download", file);
    show(ended);
  }
}
