package dev.cardvault.outbox;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Which addresses a host name has at this moment. Blocks. */
@FunctionalInterface
interface NameLookup {

  /** All its addresses, at least one. */
  List<InetAddress> of(String host) throws UnknownHostException;

  /** The one of the operating system. */
  final class Dns {

    private Dns() {}

    @Produces
    @Singleton
    static NameLookup lookup() {
      return host -> List.of(InetAddress.getAllByName(host));
    }
  }
}
