package dev.cardvault.command;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which service to ask, and as whom. What is given here wins over the profile. */
final class ServiceOptions {

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "Whose url, credentials, client and ca to use: NAME.properties in"
              + " ~/.config/cardvault, by default default.properties where there is one.")
  @Nullable String profile;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Where the service is. By default http://127.0.0.1:8080.")
  @Nullable URI url;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description =
          "What bootstrap printed, readable by its owner alone. By default credentials.json in"
              + " CARDVAULT_DATA, or in data.")
  @Nullable Path credentials;

  @Option(
      names = "--as",
      paramLabel = "CLIENT",
      description =
          "Which client of the credentials to be. By default the one that bootstrap made for this,"
              + " or the only one.")
  @Nullable String client;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "The authority that signed the service's certificate, as PEM.")
  @Nullable Path ca;

  /**
   * Logs in.
   *
   * @param role the client to be where nobody says
   * @throws CommandFailed when that cannot be
   */
  ServiceClient connect(String role) {
    Profile known = Profile.named(profile);
    URI address = url == null ? known.url() : url;
    Login login =
        Login.in(
            credentials == null ? known.credentials() : credentials,
            client == null ? known.client() : client,
            role);
    return ServiceClient.at(address, ca == null ? known.ca() : ca, login);
  }
}
