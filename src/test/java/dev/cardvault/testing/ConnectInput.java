package dev.cardvault.testing;

import com.amazonaws.encryptionsdk.AwsCrypto;
import com.amazonaws.encryptionsdk.CommitmentPolicy;
import com.amazonaws.encryptionsdk.CryptoAlgorithm;
import com.amazonaws.encryptionsdk.jce.JceMasterKey;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Map;

/**
 * Encrypts as Amazon Connect does: with the AWS Encryption SDK, under the certificate it was given.
 */
public final class ConnectInput {

  private final PublicKey key;
  private final String keyId;

  /** Encrypts for the owner of {@code certificate}, which Connect calls {@code keyId}. */
  public ConnectInput(String certificate, String keyId) {
    try {
      this.key =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII)))
              .getPublicKey();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    this.keyId = keyId;
  }

  /** What a caller keyed, as it stands in a contact's attributes. */
  public String encrypted(String keyed) {
    return Base64.getEncoder().encodeToString(bytes(keyed));
  }

  /** The same without base64 round it. */
  @SuppressWarnings("NullAway") // No private key is needed to encrypt.
  public byte[] bytes(String keyed) {
    JceMasterKey master =
        JceMasterKey.getInstance(
            key, null, "AmazonConnect", keyId, "RSA/ECB/OAEPWithSHA-512AndMGF1Padding");
    return AwsCrypto.builder()
        .withCommitmentPolicy(CommitmentPolicy.ForbidEncryptAllowDecrypt)
        .withEncryptionAlgorithm(CryptoAlgorithm.ALG_AES_256_GCM_IV12_TAG16_HKDF_SHA384_ECDSA_P384)
        .build()
        .encryptData(
            master, keyed.getBytes(StandardCharsets.US_ASCII), Map.of("contact", "not read"))
        .getResult();
  }

  /** The event of Amazon Connect, with the telephone numbers that look like cards. */
  public static String event(String contact, String parameters) {
    return ("""
        {"Name":"ContactFlowEvent","Details":{"ContactData":{"Attributes":{"note":"4111111111111111"},
        "Channel":"VOICE","ContactId":"%s","CustomerEndpoint":{"Address":"+4007000000027","Type":"TELEPHONE_NUMBER"},
        "InitialContactId":"%s","InitiationMethod":"INBOUND",
        "InstanceARN":"arn:aws:connect:eu-central-1:123456789012:instance/x","LanguageCode":"en-US",
        "MediaStreams":{"Customer":{"Audio":null}},"PreviousContactId":"x","Queue":null,
        "SystemEndpoint":{"Address":"+4915112345678","Type":"TELEPHONE_NUMBER"}},
        "Parameters":{%s}}}
        """)
        .formatted(contact, contact, parameters.replace('\'', '"'));
  }
}
