package dev.cardvault.command;

import dev.cardvault.ops.Launch;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes the whole audit log into a folder, for whoever checks it. */
@Command(
    name = "audit-export",
    description =
        "Writes the whole audit log, of all tenants, into a new folder for audit-verify. Takes the"
            + " service's settings.")
final class AuditExportCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FOLDER", description = "A folder that is not there yet.")
  String folder = "";

  @Override
  public Integer call() {
    return Launch.exportLog(folder);
  }
}
