package dev.cardvault.keys;

import java.time.Instant;
import java.util.UUID;

/**
 * A key pair under which a telephony platform encrypts what callers key (RSA, 3072 bits), as it is
 * stored: its private half sealed.
 *
 * @param name how the platform names it in what it encrypts
 * @param certificate the public half as a self-signed X.509 certificate, in PEM
 * @param sealed the private half (PKCS #8), sealed with the tenant's connector key
 * @param wrappedBy which version of that key
 */
// The bytes are compared by nobody.
@SuppressWarnings("ArrayRecordComponent")
public record InputKey(
    UUID id, String name, String certificate, byte[] sealed, int wrappedBy, Instant createdAt) {

  /** The public half alone: SubjectPublicKeyInfo (RFC 5280, 4.1.2.7), in PEM. */
  public String publicKey() {
    return InputCertificate.publicKeyOf(certificate);
  }

  @Override
  public String toString() {
    return "InputKey[" + id + "]";
  }
}
