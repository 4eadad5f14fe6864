package dev.cardvault.keys;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The public half of a key pair in the form that Amazon Connect takes: X.509, self-signed, PEM. */
final class InputCertificate {

  /** Keys are rotated yearly (SP 800-57, 5.3.6); the certificate must not end before that. */
  private static final Duration GOOD_FOR = Duration.ofDays(2 * 365);

  private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

  private InputCertificate() {}

  static String of(KeyPair pair, UUID id, Instant now) {
    X500Name name = new X500Name("CN=cardvault " + id);
    BigInteger serial = new BigInteger(id.toString().replace("-", ""), 16);
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            serial,
            Date.from(now.minus(CLOCKS_DIFFER)),
            Date.from(now.plus(GOOD_FOR)),
            name,
            pair.getPublic());
    try {
      ContentSigner signer = new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate());
      return pem(builder.build(signer));
    } catch (OperatorCreationException e) {
      throw new IllegalStateException("Every Java platform has SHA256withRSA", e);
    }
  }

  /** The public key of a certificate, both in PEM. */
  static String publicKeyOf(String certificate) {
    try (PEMParser parser = new PEMParser(new StringReader(certificate))) {
      return pem(((X509CertificateHolder) parser.readObject()).getSubjectPublicKeyInfo());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String pem(Object value) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
