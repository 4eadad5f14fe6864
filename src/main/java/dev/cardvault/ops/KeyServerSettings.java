package dev.cardvault.ops;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the key server is reached: over TLS that checks whom it talks to, by one way of logging in.
 */
final class KeyServerSettings {

  private static final String VAULT = "cardvault.keys.vault.";

  private final Settings settings;
  private final List<Complaint> complaints = new ArrayList<>();

  private KeyServerSettings(Settings settings) {
    this.settings = settings;
  }

  static List<Complaint> complaints(Settings settings) {
    KeyServerSettings checks = new KeyServerSettings(settings);
    if (settings.value("cardvault.keys.server").orElse("transit").equalsIgnoreCase("local")) {
      checks.add(
          "cardvault.keys.server is local",
          "Keys in a file beside the data protect nothing from whoever copies the disk (PCI DSS"
              + " 3.6.1).",
          "Remove the setting, and set VAULT_ADDR to a Vault or OpenBao.");
      return checks.complaints;
    }
    if (settings.value("cardvault.ops.demo").isPresent()) {
      checks.add(
          "cardvault.ops.demo is set",
          "A tenant for trying things out would lie beside real ones, its secrets in a file.",
          "Remove the setting; make tenants with the command bootstrap.");
    }
    checks.address();
    checks.login();
    return checks.complaints;
  }

  private void address() {
    Optional<String> address = value("address", "VAULT_ADDR");
    if (address.isEmpty()) {
      add(
          "VAULT_ADDR is not set",
          "The keys that seal cards are wrapped by Vault; without it no card can be sealed or"
              + " opened.",
          "Set VAULT_ADDR to the https address of your Vault or OpenBao.");
      certificate();
      return;
    }
    URI uri = uri(address.get());
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
      add(
          "VAULT_ADDR is not an https address",
          "The service cannot reach its key server.",
          "Write it as https://HOST:8200.");
    } else if (scheme.equals("https")) {
      certificate();
    } else if (!Hosts.isLoopback(uri.getHost())) {
      add(
          "VAULT_ADDR is plain http",
          "Data keys would cross the network readable by anyone on it (PCI DSS 4.2.1).",
          "Use https and set VAULT_CACERT; plain http is accepted for a proxy on this machine"
              + " only.");
    }
  }

  private void certificate() {
    Optional<String> file = value("cacert", "VAULT_CACERT");
    if (file.isEmpty()) {
      add(
          "VAULT_CACERT is not set",
          "Without the authority that signed Vault's certificate, an impostor cannot be told from"
              + " it.",
          "Set VAULT_CACERT to that authority's PEM file; for a public one, to this machine's"
              + " bundle of authorities.");
      return;
    }
    try (InputStream content = Files.newInputStream(Path.of(file.get()))) {
      if (CertificateFactory.getInstance("X.509").generateCertificates(content).isEmpty()) {
        throw new CertificateException("no certificate");
      }
    } catch (IOException | CertificateException | IllegalArgumentException e) {
      add(
          "VAULT_CACERT does not name a readable file with a certificate",
          "Vault's certificate could not be checked, so no connection would be made.",
          "Point it to the PEM file of the authority that signed Vault's certificate.");
    }
  }

  private void login() {
    boolean role = value("role-id", "VAULT_ROLE_ID").isPresent();
    boolean secret = value("secret-id", "VAULT_SECRET_ID").isPresent();
    List<String> others = new ArrayList<>();
    value("token", "VAULT_TOKEN").ifPresent(v -> others.add("VAULT_TOKEN"));
    value("token-file", "VAULT_TOKEN_FILE").ifPresent(v -> others.add("VAULT_TOKEN_FILE"));
    value("kubernetes-role", "VAULT_KUBERNETES_ROLE")
        .ifPresent(v -> others.add("VAULT_KUBERNETES_ROLE"));
    String denied = "Vault would answer every call with 403.";
    if (others.size() > 1) {
      add(
          String.join(" and ", others) + " are set together",
          "It is unclear which rights the service has.",
          "Keep one of them.");
    } else if (!others.isEmpty() && (role || secret)) {
      add(
          others.get(0) + " is set beside VAULT_ROLE_ID or VAULT_SECRET_ID",
          "It is unclear which rights the service has.",
          "Keep one way to log in.");
    } else if (others.isEmpty() && !role && !secret) {
      add(
          "VAULT_ROLE_ID and VAULT_SECRET_ID are not set, nor is VAULT_TOKEN, VAULT_TOKEN_FILE or"
              + " VAULT_KUBERNETES_ROLE",
          denied,
          "Set the id and secret of the AppRole made by vault-policies/setup.sh.");
    } else if (others.isEmpty() && role != secret) {
      add(
          (role ? "VAULT_SECRET_ID" : "VAULT_ROLE_ID") + " is not set",
          denied,
          "Set it: an AppRole logs in with both its id and its secret.");
    }
  }

  private Optional<String> value(String name, String variable) {
    return settings.value(VAULT + name).or(() -> settings.value(variable));
  }

  private void add(String what, String soWhat, String remedy) {
    complaints.add(new Complaint(what, soWhat, remedy));
  }

  private static URI uri(String address) {
    try {
      return new URI(address);
    } catch (URISyntaxException e) {
      return URI.create("");
    }
  }
}
