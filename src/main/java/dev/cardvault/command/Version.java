package dev.cardvault.command;

import picocli.CommandLine.IVersionProvider;

/** The version of the package that runs. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"cardvault " + (version == null ? "(not packaged)" : version)};
  }
}
