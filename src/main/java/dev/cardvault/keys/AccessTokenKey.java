package dev.cardvault.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/**
 * A key pair that signs the access tokens of one tenant: Ed25519 (RFC 8032), JWS algorithm {@code
 * EdDSA}. Its seed is a managed key. Use it at once and do not keep it: signing with a private key
 * that was wiped fails.
 */
public final class AccessTokenKey {

  // SubjectPublicKeyInfo of Ed25519 up to the 32 bytes of the key (RFC 8410, 4).
  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final OpenKey key;
  private final PublicKey publicKey;

  AccessTokenKey(OpenKey key) {
    this.key = key;
    this.publicKey = key.useBytes(AccessTokenKey::publicKeyOf);
  }

  /** The {@code kid} of tokens it signs; names the tenant, so that the key can be found again. */
  public String kid() {
    return key.row().tenant() + "." + key.version();
  }

  /** Signs. Its bytes are read, not copied, until it is wiped. */
  public PrivateKey privateKey() {
    return new SeedKey(key);
  }

  /** Verifies. */
  public PublicKey publicKey() {
    return publicKey;
  }

  private static PublicKey publicKeyOf(byte[] seed) {
    byte[] point = new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded();
    byte[] encoded = new byte[SPKI_PREFIX.length + point.length];
    System.arraycopy(SPKI_PREFIX, 0, encoded, 0, SPKI_PREFIX.length);
    System.arraycopy(point, 0, encoded, SPKI_PREFIX.length, point.length);
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 is not to be had", e);
    }
  }

  @Override
  public String toString() {
    return "AccessTokenKey[" + kid() + "]";
  }

  /** The private key as the JDK's signatures ask for it. */
  private record SeedKey(OpenKey key) implements EdECPrivateKey {

    @Override
    public Optional<byte[]> getBytes() {
      return Optional.of(key.useBytes(byte[]::clone));
    }

    @Override
    public NamedParameterSpec getParams() {
      return NamedParameterSpec.ED25519;
    }

    @Override
    public String getAlgorithm() {
      return "EdDSA";
    }

    // It is not for export.
    @Override
    @SuppressWarnings("NullAway")
    public String getFormat() {
      return null;
    }

    @Override
    @SuppressWarnings("NullAway")
    public byte[] getEncoded() {
      return null;
    }

    @Override
    public String toString() {
      return "PrivateKey[redacted]";
    }
  }
}
