package dev.cardvault.ops;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Everything between the arguments and Quarkus: refuses what is unsafe, brings along what is not
 * there.
 */
public final class Launch {

  /**
   * Instead of an exit status: dev mode stops the service to reload it, and the process goes on.
   */
  public static final int GOES_ON = -1;

  private static final int DRAIN_SECONDS = 12;

  private Launch() {}

  /**
   * Serves until the process is told to stop.
   *
   * @return the process's exit status, or {@link #GOES_ON}
   * @throws StartRefused when a setting is missing or unsafe, or the embedded database does not
   *     start
   */
  public static int serve() {
    return run(Service.class, true);
  }

  /**
   * Makes a tenant and its clients and ends; listens nowhere, and logs on standard error.
   *
   * @return the process's exit status
   * @throws StartRefused as {@link #serve}
   */
  public static int bootstrap(String tenant) {
    return runQuietly(Bootstrap.class, tenant);
  }

  /**
   * Writes the audit log into a folder and ends; as {@link #bootstrap}.
   *
   * @return the process's exit status
   * @throws StartRefused as {@link #serve}
   */
  public static int exportLog(String folder) {
    return runQuietly(AuditExport.class, folder);
  }

  private static int runQuietly(Class<? extends QuarkusApplication> application, String argument) {
    System.setProperty("quarkus.http.host-enabled", "false");
    System.setProperty("quarkus.management.host-enabled", "false");
    System.setProperty("quarkus.log.console.stderr", "true");
    // It has no right to sign, and is gone before it would be its turn.
    System.setProperty("cardvault.audit-log.sequencer", "false");
    return run(application, false, argument);
  }

  /**
   * Brings the tables up to this version and ends, without starting anything else.
   *
   * @return the process's exit status
   * @throws StartRefused when a setting is missing or unsafe
   */
  public static int migrate() {
    Settings settings = Settings.load("prod");
    if (settings.embedded()) {
      throw new StartRefused(
          ExitCode.CONFIGURATION,
          "The embedded Postgres is migrated whenever it starts; migrate is for a database of your"
              + " own, in the default profile.");
    }
    ProductionChecks.refuseUnsafeMigration(settings);
    return new Migration(settings).run();
  }

  private static int run(
      Class<? extends QuarkusApplication> application, boolean demo, String... arguments) {
    boolean developing = isDevelopment();
    Settings settings = Settings.load(developing ? "dev" : "prod");
    CountDownLatch ended = new CountDownLatch(1);
    if (settings.embedded()) {
      Path data = startDatabase(settings, developing ? () -> {} : () -> await(ended));
      if (demo) {
        System.setProperty("cardvault.ops.demo", data.resolve("credentials.json").toString());
      }
    } else if (!ApplicationLifecycleManager.isAppCDSGeneration()) {
      ProductionChecks.refuseUnsafe(settings);
    }
    if (developing) {
      Quarkus.run(application, arguments);
      return GOES_ON;
    }
    AtomicInteger status = new AtomicInteger();
    try {
      Quarkus.run(application, (code, failure) -> status.set(explained(code, failure)), arguments);
    } finally {
      ended.countDown();
    }
    return status.get();
  }

  // What fails before there is an application fails before there is a log.
  private static int explained(int status, @Nullable Throwable failure) {
    if (failure != null && ApplicationLifecycleManager.getCurrentApplication() == null) {
      failure.printStackTrace();
    }
    return status;
  }

  // Quarkus tells its launch mode only once it runs; dev mode has a class loader of its own.
  private static boolean isDevelopment() {
    return Launch.class.getClassLoader().getClass().getSimpleName().equals("QuarkusClassLoader");
  }

  private static Path startDatabase(Settings settings, Runnable serviceEnded) {
    Path data =
        Path.of(settings.value("CARDVAULT_DATA").orElse("data")).toAbsolutePath().normalize();
    EmbeddedDatabase.Address address =
        EmbeddedDatabase.inThisBuild()
            .orElseThrow(
                () ->
                    new StartRefused(
                        ExitCode.CONFIGURATION,
                        "This build has no embedded Postgres, which the profile "
                            + settings.profile()
                            + " needs. Use a jar built without -Dnative, or the default profile"
                            + " with a database of your own."))
            .start(data, serviceEnded);
    // Seen by every setting that refers to it; a relative one would depend on the working
    // directory.
    System.setProperty("CARDVAULT_DATA", data.toString());
    System.setProperty("quarkus.datasource.jdbc.url", address.jdbcUrl());
    System.setProperty("quarkus.datasource.username", address.user());
    System.setProperty("quarkus.datasource.password", address.password());
    return data;
  }

  private static void await(CountDownLatch ended) {
    try {
      if (!ended.await(DRAIN_SECONDS, TimeUnit.SECONDS)) {
        return; // it had its time; the database ends under it
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
