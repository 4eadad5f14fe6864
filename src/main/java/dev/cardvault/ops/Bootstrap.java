package dev.cardvault.ops;

import dev.cardvault.clients.FirstTenant;
import dev.cardvault.problem.ProblemException;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.Dependent;

/** Makes the first tenant and its clients, and tells their secrets once. */
@Dependent
class Bootstrap implements QuarkusApplication {

  private final FirstTenant tenants;

  Bootstrap(FirstTenant tenants) {
    this.tenants = tenants;
  }

  @Override
  public int run(String... arguments) {
    String name = arguments[0];
    try {
      if (tenants.exists(name)) {
        System.err.println("There is a tenant of that name already; nothing was changed.");
        return ExitCode.EXISTS.status();
      }
      System.out.print(CredentialsJson.of(tenants.create(name)));
      return ExitCode.DONE.status();
    } catch (ProblemException refused) {
      System.err.println("No tenant was made: " + refused.getMessage());
      return ExitCode.FAILED.status();
    }
  }
}
