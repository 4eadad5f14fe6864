package dev.cardvault.outbox;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.testing.FaultCase;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

  private static final NameLookup LITERALS_ONLY =
      host -> List.of(InetAddress.getAllByName(host.equals("hooks.example") ? "8.8.8.8" : host));

  private final AddressGuard guard = new AddressGuard(LITERALS_ONLY, TestOutboxConfig.strict());

  @FaultCase(50)
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example/x",
        "ftp://hooks.example/x",
        "file:///etc/passwd",
        "https://user:secret@hooks.example/",
        "https://hooks.example/#part",
        "https:///nowhere",
        "https://",
        "hooks.example",
        "https://127.0.0.1/",
        "https://127.0.0.1:9000/q/health",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://0.0.0.0/",
        "https://0.1.2.3/",
        "https://240.0.0.1/",
        "https://255.255.255.254/",
        "https://169.254.169.254/latest/meta-data",
        "https://100.100.100.200/latest/meta-data",
        "https://10.0.0.1/",
        "https://172.16.0.1/",
        "https://192.168.1.1/",
        "https://[::1]/",
        "https://[::]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "https://[fe80::1]/",
        "https://[fe80::1%25lo]/",
        "https://[fd00:ec2::254]/",
        "https://[ff02::1]/",
        "https://224.0.0.1/",
        "https://255.255.255.255/",
        "https://hooks.example\r\nHost: other/",
        "https://hooks.example\\@127.0.0.1/",
      })
  void refusesWhatIsNoAddressOfThePublicInternet(String address) {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> guard.checkedUrl(address));
    assertEquals(ProblemCode.INVALID_FIELD, refused.code());
    assertFalse(refused.detail().contains("169"), "Input is not repeated");
  }

  @Test
  void takesAPublicHttpsAddress() throws UnknownHostException {
    assertEquals("hooks.example", guard.checkedUrl("https://hooks.example:8443/a?b=c").getHost());
    assertEquals("8.8.8.8", guard.addressOf("hooks.example").getHostAddress());
    assertDoesNotThrow(() -> guard.checkedUrl("https://8.8.8.8/"));
    assertDoesNotThrow(() -> guard.checkedUrl("https://[2606:4700::1111]/"));
  }

  @Test
  void keepsToTheHostsThatAreAllowed() {
    AddressGuard narrow =
        new AddressGuard(
            LITERALS_ONLY,
            new TestOutboxConfig(List.of("a.example", "*.b.example"), List.of(), false, null));
    assertDoesNotThrow(() -> narrow.checkedUrl("https://A.example/"));
    assertDoesNotThrow(() -> narrow.checkedUrl("https://x.b.example/"));
    for (String other :
        List.of("https://x.a.example/", "https://b.example/", "https://xb.example/")) {
      assertThrows(ProblemException.class, () -> narrow.checkedUrl(other), other);
    }
  }

  @Test
  void takesAPrivateNetworkThatIsAllowed() throws UnknownHostException {
    AddressGuard inside =
        new AddressGuard(
            LITERALS_ONLY, new TestOutboxConfig(List.of(), List.of("10.1.0.0/16"), true, null));
    assertEquals("10.1.2.3", inside.addressOf("10.1.2.3").getHostAddress());
    assertDoesNotThrow(() -> inside.checkedUrl("http://10.1.2.3/"));
    assertThrows(UnknownHostException.class, () -> inside.addressOf("10.2.0.1"));
  }

  @FaultCase(50)
  @Test
  void looksAgainAtEachDelivery() throws UnknownHostException {
    Deque<String> answers = new ArrayDeque<>(List.of("8.8.8.8", "127.0.0.1"));
    AddressGuard rebound =
        new AddressGuard(
            host -> List.of(InetAddress.getByName(answers.remove())), TestOutboxConfig.strict());
    rebound.checkedUrl("https://rebinding.example/");
    assertEquals("8.8.8.8", rebound.addressOf("rebinding.example").getHostAddress());
    assertThrows(UnknownHostException.class, () -> rebound.addressOf("rebinding.example"));
  }

  @FaultCase(50)
  @Test
  void refusesANameOfWhichOneAddressIsInside() {
    AddressGuard mixed =
        new AddressGuard(
            host -> List.of(InetAddress.getByName("8.8.8.8"), InetAddress.getByName("::1")),
            TestOutboxConfig.strict());
    assertThrows(UnknownHostException.class, () -> mixed.addressOf("mixed.example"));
  }
}
