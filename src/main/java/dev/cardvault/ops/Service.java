package dev.cardvault.ops;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.Dependent;

/** The service: answers requests until it is told to stop. */
@Dependent
public class Service implements QuarkusApplication {

  @Override
  public int run(String... arguments) {
    Quarkus.waitForExit();
    return ExitCode.DONE.status();
  }
}
