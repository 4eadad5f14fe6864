package dev.cardvault.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/**
 * Where a request came from. Forwarding headers count only where {@code
 * quarkus.http.proxy.proxy-address-forwarding} says that a proxy sets them: Quarkus then puts the
 * address they tell in place of the connection's. A request that another node passed on came from
 * where that node says.
 */
final class SourceAddress {

  private SourceAddress() {}

  /** The address as a literal without a zone, or {@code unknown}, which lies in no network. */
  static String of(HttpServerRequest request) {
    String told = request.getHeader(Forwarding.SOURCE);
    if (told != null) {
      return told;
    }
    SocketAddress remote = request.remoteAddress();
    String address = remote == null ? null : remote.hostAddress();
    if (address == null) {
      return "unknown";
    }
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }
}
