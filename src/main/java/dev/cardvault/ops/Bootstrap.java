package dev.cardvault.ops;

import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.Dependent;

/** Makes the first tenant and its clients, and tells their secrets once. */
@Dependent
public class Bootstrap implements QuarkusApplication {

  @Override
  public int run(String... arguments) {
    return ExitCode.FAILED.status();
  }
}
