package dev.cardvault.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

  @ParameterizedTest
  @CsvSource({
    "172.0.0.0/8, 172.255.0.1",
    "10.1.2.3/32, 10.1.2.3",
    "192.168.4.0/22, 192.168.7.255",
    "192.168.4.0/23, 192.168.5.0",
    "128.0.0.0/0, 1.2.3.4",
    "128.0.0.0/0, 255.255.255.255",
    "128.0.0.0/1, 200.1.1.1",
    "2001:db8::/33, 2001:db8:7fff::1",
    "::/0, ::1",
    "::1/128, 0:0:0:0:0:0:0:1"
  })
  void containsTheAddressesThatShareItsPrefix(String cidr, String address) {
    assertTrue(Network.of(cidr).contains(address));
  }

  @ParameterizedTest
  @CsvSource({
    "172.0.0.0/8, 173.0.0.1",
    "10.1.2.3/32, 10.1.2.2",
    "192.168.4.0/22, 192.168.8.0",
    "192.168.4.0/23, 192.168.6.0",
    "192.168.4.128/25, 192.168.4.127",
    "128.0.0.0/1, 127.255.255.255",
    "2001:db8::/33, 2001:db8:8000::1",
    "::1/128, ::2",
    "128.0.0.0/0, ::1",
    "::/0, 10.0.0.1"
  })
  void containsNoOther(String cidr, String address) {
    assertFalse(Network.of(cidr).contains(address));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cafe.de", "localhost", "999.1.1.1", "1.2.3", "fe80::1%eth0", "::g"})
  void containsNothingThatIsNoAddressAndLooksNothingUp(String text) {
    Network everywhere = Network.of("128.0.0.0/0");
    assertTimeout(Duration.ofSeconds(1), () -> assertFalse(everywhere.contains(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "198.51.100.0",
        "198.51.100.0/",
        "198.51.100.0/33",
        "198.51.100.0/-1",
        "::/129",
        "cafe.de/8",
        "256.0.0.0/8",
        "198.51.100.0/8/8",
        "198.51.100.0/1000",
        ":::/8"
      })
  void isAnAddressLiteralAndAPrefixLength(String cidr) {
    assertThrows(IllegalArgumentException.class, () -> Network.of(cidr));
  }

  @Test
  void isWrittenAsItIsRead() {
    assertEquals("172.0.0.0/8", Network.of("172.0.0.0/8").toString());
    assertEquals("255.249.199.0/24", Network.of("255.249.199.0/24").toString());
  }
}
