package dev.cardvault.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A range of addresses in CIDR notation (RFC 4632, RFC 4291 2.3).
 *
 * @param address its first address
 * @param prefixLength how many leading bits all its addresses share
 */
public record Network(InetAddress address, int prefixLength) {

  // Strict, because whatever is no literal would be looked up as a name, even 999.1.1.1.
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";
  private static final Pattern LITERAL =
      Pattern.compile(OCTET + "(\\." + OCTET + "){3}|(?=.*:)[0-9a-fA-F:.]{2,45}");
  private static final Pattern CIDR = Pattern.compile("([0-9a-fA-F:.]{2,45})/([0-9]{1,3})");

  public Network {
    if (prefixLength < 0 || prefixLength > address.getAddress().length * 8) {
      throw new IllegalArgumentException("The prefix is longer than the address");
    }
  }

  /**
   * The network that {@code cidr} names.
   *
   * @throws IllegalArgumentException when it is not an address literal, a slash and a prefix length
   */
  public static Network of(String cidr) {
    var matcher = CIDR.matcher(cidr);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("A network is an address, a slash and a prefix length");
    }
    return new Network(literal(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Whether {@code other} lies in this network; what is no address literal lies in none. */
  public boolean contains(String other) {
    return isLiteral(other) && contains(literal(other));
  }

  private boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    int whole = prefixLength / 8;
    if (!Arrays.equals(mine, 0, whole, theirs, 0, whole)) {
      return false;
    }
    int rest = prefixLength % 8;
    int mask = (0xff << (8 - rest)) & 0xff;
    return rest == 0 || (mine[whole] & mask) == (theirs[whole] & mask);
  }

  private static boolean isLiteral(String text) {
    return LITERAL.matcher(text).matches();
  }

  private static InetAddress literal(String text) {
    // Only literals may pass: a name would be looked up.
    if (!isLiteral(text)) {
      throw new IllegalArgumentException("Not an address literal");
    }
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("Not an address literal", e);
    }
  }

  @Override
  public String toString() {
    return address.getHostAddress() + "/" + prefixLength;
  }
}
