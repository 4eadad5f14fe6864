package dev.cardvault.outbox;

import dev.cardvault.access.Network;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps messages from being sent to where only this node can reach: an address that somebody gave
 * us must not open the inside of the network to them (CWE-918).
 */
@ApplicationScoped
class AddressGuard {

  private static final String POINTER = "/address";

  // Lower case, no user, no fragment; the last label of a name is not a number, which some
  // libraries read as an IPv4 address.
  private static final Pattern NAME =
      Pattern.compile(
          "(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");

  /** Not of the public internet (IANA special-purpose registries), beside what the JDK knows. */
  private static final List<Network> SPECIAL =
      Stream.of(
              "100.64.0.0/10",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "::/96",
              "64:ff9b::/96",
              "64:ff9b:1::/48",
              "100::/64",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "fc00::/7")
          .map(Network::of)
          .toList();

  private final NameLookup lookup;
  private final boolean plainHttp;
  private final List<String> hosts;
  private final List<Network> networks;

  AddressGuard(NameLookup lookup, OutboxConfig config) {
    this.lookup = lookup;
    this.plainHttp = config.plainHttp();
    this.hosts =
        config.hosts().orElse(List.of()).stream().map(h -> h.toLowerCase(Locale.ROOT)).toList();
    this.networks = config.networks().orElse(List.of()).stream().map(Network::of).toList();
  }

  /**
   * The URL that {@code address} is.
   *
   * @throws ProblemException {@code invalid-field} when it is none that messages may go to
   */
  URI checkedUrl(String address) {
    URI url = parsed(address);
    String scheme = url.getScheme();
    if (!"https".equals(scheme) && !(plainHttp && "http".equals(scheme))) {
      throw refused("A webhook's address begins with https://");
    }
    if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
      throw refused("A webhook's address names neither a user nor a fragment");
    }
    checkHost(url.getHost());
    return url;
  }

  /**
   * Passes when messages may go to {@code host}, as far as its name tells.
   *
   * @throws ProblemException {@code invalid-field}
   */
  void checkHost(@Nullable String host) {
    if (host == null) {
      throw refused("The address names no host");
    }
    String name = bare(host);
    boolean literal = name.contains(":") || IPV4.matcher(name).matches();
    if (!literal && !NAME.matcher(name).matches()) {
      throw refused("The address names no host");
    }
    if (!hosts.isEmpty() && hosts.stream().noneMatch(allowed -> covers(allowed, name))) {
      throw refused("Messages may not go to this host");
    }
    if (literal) {
      try {
        addressOf(name);
      } catch (UnknownHostException notAllowed) {
        throw refused("Messages may not go to this address");
      }
    }
  }

  /**
   * The address to connect to for {@code host}; connect to it and no other, since a name may mean
   * another a moment later. Blocks.
   *
   * @throws UnknownHostException when the name has no address, or any that is not allowed
   */
  InetAddress addressOf(String host) throws UnknownHostException {
    List<InetAddress> addresses = lookup.of(bare(host));
    for (InetAddress address : addresses) {
      if (!isAllowed(address)) {
        throw new UnknownHostException("An address of the host is not allowed");
      }
    }
    return addresses.get(0);
  }

  private boolean isAllowed(InetAddress address) {
    String text = plain(address);
    if (networks.stream().anyMatch(network -> network.contains(text))) {
      return true;
    }
    return !address.isAnyLocalAddress()
        && !isReserved(address)
        && !address.isLoopbackAddress()
        && !address.isLinkLocalAddress()
        && !address.isSiteLocalAddress()
        && !address.isMulticastAddress()
        && SPECIAL.stream().noneMatch(network -> network.contains(text));
  }

  /**
   * Whether the first octet is 0, which some systems take for this machine, or 240 and above (RFC
   * 1122, 3.2.1.3).
   */
  private static boolean isReserved(InetAddress address) {
    int first = address.getAddress()[0] & 0xff;
    return address instanceof Inet4Address && (first == 0 || first >= 240);
  }

  /** Without the zone of a link-local address. */
  private static String plain(InetAddress address) {
    String text = address.getHostAddress();
    int zone = address instanceof Inet6Address ? text.indexOf('%') : -1;
    return zone < 0 ? text : text.substring(0, zone);
  }

  private static String bare(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
  }

  private static boolean covers(String allowed, String host) {
    return allowed.startsWith("*.") ? host.endsWith(allowed.substring(1)) : host.equals(allowed);
  }

  private static URI parsed(String address) {
    try {
      return new URI(address);
    } catch (URISyntaxException e) {
      throw refused("The address is no URL");
    }
  }

  private static ProblemException refused(String rule) {
    return ProblemException.at(POINTER, ProblemCode.INVALID_FIELD, rule);
  }
}
