package dev.cardvault.ops;

import java.util.Locale;

/** Which names mean this machine. Nothing is looked up: a name server must not decide on safety. */
final class Hosts {

  private Hosts() {}

  /** Whether what is sent to {@code host} stays on this machine. */
  static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.matches("127(\\.[0-9]{1,3}){3}")
        || name.equals("::1")
        || name.equals("[::1]");
  }
}
