package dev.cardvault.ops;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.Dependent;

/** The service: answers requests until it is told to stop. */
@Dependent
class Service implements QuarkusApplication {

  private final DemoTenant demo;

  Service(DemoTenant demo) {
    this.demo = demo;
  }

  @Override
  public int run(String... arguments) {
    demo.instructions().ifPresent(System.out::println);
    Quarkus.waitForExit();
    return ExitCode.DONE.status();
  }
}
