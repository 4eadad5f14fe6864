package dev.cardvault.alerts;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** The network an address is counted to: 256 addresses of IPv4, or a /48 of IPv6. */
final class SourceNetwork {

  private static final Pattern IPV4 =
      Pattern.compile("(\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})\\.\\d{1,3}");
  private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9a-fA-F:.]{2,45}");

  private SourceNetwork() {}

  /** The network of {@code address}; what is no address stands for itself. */
  static String of(String address) {
    var four = IPV4.matcher(address);
    if (four.matches()) {
      return four.group(1) + ".0/24";
    }
    return IPV6.matcher(address).matches() ? six(address) : address;
  }

  private static String six(String address) {
    try {
      // A literal is read, not looked up.
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return bytes.length == 4
          ? of(InetAddress.getByAddress(bytes).getHostAddress())
          : "%x:%x:%x::/48".formatted(group(bytes, 0), group(bytes, 2), group(bytes, 4));
    } catch (UnknownHostException e) {
      return address;
    }
  }

  private static int group(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }
}
