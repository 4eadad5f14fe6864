package dev.cardvault.ops;

import java.util.List;
import java.util.stream.Stream;

/** How clients reach the service: over TLS, ended here or right in front of here. */
final class ListenerSettings {

  private static final List<String> CERTIFICATES =
      List.of(
          "quarkus.http.tls-configuration-name",
          "quarkus.http.ssl.certificate.files",
          "quarkus.http.ssl.certificate.key-store-file",
          "quarkus.tls.key-store.pem.0.cert",
          "quarkus.tls.key-store.p12.path",
          "quarkus.tls.key-store.jks.path");

  private ListenerSettings() {}

  static List<Complaint> complaints(Settings settings) {
    if (isTlsEndedInFront(settings) || isLocalOnly(settings)) {
      return List.of();
    }
    boolean certificate = CERTIFICATES.stream().anyMatch(c -> settings.value(c).isPresent());
    String insecure = settings.value("quarkus.http.insecure-requests").orElse("enabled");
    if (!certificate) {
      return List.of(
          new Complaint(
              "The HTTP port listens to the network without TLS",
              "Card numbers and client secrets would cross the network readable by anyone on it (PCI DSS 4.2.1).",
              "Set quarkus.tls.key-store.pem.0.cert and .key and quarkus.http.insecure-requests=disabled;"
                  + " or, behind a proxy that ends TLS, CARDVAULT_TLS_TERMINATED=true;"
                  + " or quarkus.http.host=127.0.0.1."));
    }
    return Stream.of(insecure)
        .filter(mode -> mode.equalsIgnoreCase("enabled"))
        .map(
            mode ->
                new Complaint(
                    "quarkus.http.insecure-requests is enabled beside TLS",
                    "A client that forgets the s in https sends card numbers in the clear.",
                    "Set quarkus.http.insecure-requests=disabled (or redirect)."))
        .toList();
  }

  private static boolean isTlsEndedInFront(Settings settings) {
    return settings.isTrue("CARDVAULT_TLS_TERMINATED");
  }

  private static boolean isLocalOnly(Settings settings) {
    return settings.value("quarkus.http.host").filter(Hosts::isLoopback).isPresent();
  }
}
