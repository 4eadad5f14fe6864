package dev.cardvault.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;

/** How the database is reached: with a password, and over TLS that checks whom it talks to. */
final class DatabaseSettings {

  private static final String URL = "quarkus.datasource.jdbc.url";

  private static final String USER = "quarkus.datasource.username";
  private static final String PASSWORD = "quarkus.datasource.password";
  private static final String OWNERS_PASSWORD = "quarkus.flyway.password";

  private DatabaseSettings() {}

  static List<Complaint> complaints(Settings settings) {
    List<Complaint> complaints = new ArrayList<>();
    require(settings, URL, "CARDVAULT_DB_URL", complaints);
    require(settings, USER, "CARDVAULT_DB_USER", complaints);
    require(settings, PASSWORD, "CARDVAULT_DB_PASSWORD", complaints);
    settings.value(URL).ifPresent(url -> checkUrl(url, complaints));
    return complaints;
  }

  /** What the owner of the tables needs; the service's password is none of its business. */
  static List<Complaint> migrationComplaints(Settings settings) {
    List<Complaint> complaints = new ArrayList<>();
    require(settings, URL, "CARDVAULT_DB_URL", complaints);
    require(settings, USER, "CARDVAULT_DB_USER", complaints);
    require(settings, OWNERS_PASSWORD, "CARDVAULT_DB_MIGRATE_PASSWORD", complaints);
    settings.value(URL).ifPresent(url -> checkUrl(url, complaints));
    return complaints;
  }

  private static void require(
      Settings settings, String property, String variable, List<Complaint> complaints) {
    if (settings.value(property).isPresent()) {
      return;
    }
    String example =
        property.equals(URL)
            ? " to jdbc:postgresql://HOST:5432/DATABASE?sslmode=verify-full&sslrootcert=CA.pem"
            : " in the environment of this process";
    complaints.add(
        new Complaint(
            variable + " is not set",
            "Tokens, cards and the audit log live in Postgres; without it nothing can be answered.",
            "Set " + variable + example + " (or the property " + property + ")."));
  }

  private static void checkUrl(String url, List<Complaint> complaints) {
    Properties parts = Driver.parseURL(url, null);
    if (parts == null) {
      complaints.add(
          new Complaint(
              "CARDVAULT_DB_URL is not the address of a Postgres database",
              "The service cannot connect.",
              "Write it as"
                  + " jdbc:postgresql://HOST:5432/DATABASE?sslmode=verify-full&sslrootcert=CA.pem"));
      return;
    }
    if (parts.getProperty("password") != null) {
      complaints.add(
          new Complaint(
              "CARDVAULT_DB_URL holds a password",
              "Addresses are logged and shown in errors; passwords must not be (PCI DSS 8.3.2).",
              "Move it to CARDVAULT_DB_PASSWORD."));
    }
    boolean checksServer =
        "verify-full".equals(Optional.ofNullable(parts.getProperty("sslmode")).orElse(""));
    if (!checksServer && !staysHere(parts)) {
      complaints.add(
          new Complaint(
              "CARDVAULT_DB_URL connects without TLS that checks the server (sslmode below"
                  + " verify-full)",
              "Whoever sits on the network between could read and change what is stored.",
              "Add sslmode=verify-full and sslrootcert=FILE of the authority that signed the"
                  + " server's certificate."));
    }
  }

  private static boolean staysHere(Properties parts) {
    for (String host : parts.getProperty("PGHOST", "localhost").split(",", -1)) {
      if (!Hosts.isLoopback(host)) {
        return false;
      }
    }
    return true;
  }
}
