package dev.cardvault.keys;

import com.amazonaws.encryptionsdk.AwsCrypto;
import com.amazonaws.encryptionsdk.CommitmentPolicy;
import com.amazonaws.encryptionsdk.CryptoResult;
import com.amazonaws.encryptionsdk.ParsedCiphertext;
import com.amazonaws.encryptionsdk.jce.JceMasterKey;
import com.amazonaws.encryptionsdk.model.KeyBlob;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.util.List;
import java.util.Objects;

/**
 * What a caller keyed, as Amazon Connect hands it on: a message of the AWS Encryption SDK whose
 * data key is encrypted under a raw RSA key.
 */
final class EncryptedInput {

  private static final String PROVIDER = "AmazonConnect";
  private static final String PADDING = "RSA/ECB/OAEPWithSHA-512AndMGF1Padding";

  /** Connect encrypts for one key; a message for many would cost as many attempts. */
  private static final int MOST_KEYS = 2;

  private static final int LONGEST = 16 * 1024;

  private final ParsedCiphertext message;

  private EncryptedInput(ParsedCiphertext message) {
    this.message = message;
  }

  /**
   * Reads the message's head.
   *
   * @throws ProblemException {@code input-unreadable}
   */
  static EncryptedInput of(byte[] message) {
    if (message.length > LONGEST) {
      throw unreadable();
    }
    try {
      return new EncryptedInput(new ParsedCiphertext(message, MOST_KEYS));
    } catch (RuntimeException notOne) {
      // Its parser fails in many ways; all of them mean the same.
      throw unreadable();
    }
  }

  /**
   * The one of {@code candidates} that it names.
   *
   * @throws ProblemException {@code input-key-unknown}
   */
  InputKey keyAmong(List<InputKey> candidates) {
    return candidates.stream()
        .filter(key -> message.getEncryptedKeyBlobs().stream().anyMatch(blob -> names(blob, key)))
        .findFirst()
        .orElseThrow(() -> ProblemException.of(ProblemCode.INPUT_KEY_UNKNOWN));
  }

  /**
   * What it says, for the caller to wipe.
   *
   * @throws ProblemException {@code input-unreadable} when a bit of it was changed, or another key
   *     of that name made it
   */
  @SuppressWarnings("NullAway") // The SDK says: no public key is needed to decrypt.
  byte[] decrypt(String keyName, PrivateKey key) {
    JceMasterKey master = JceMasterKey.getInstance(null, key, PROVIDER, keyName, PADDING);
    try {
      // Connect's messages carry no commitment to their key.
      CryptoResult<byte[], JceMasterKey> result =
          AwsCrypto.builder()
              .withCommitmentPolicy(CommitmentPolicy.ForbidEncryptAllowDecrypt)
              .withMaxEncryptedDataKeys(MOST_KEYS)
              .build()
              .decryptData(master, message);
      return Objects.requireNonNull(result.getResult());
    } catch (RuntimeException refused) {
      throw unreadable();
    }
  }

  private static boolean names(KeyBlob blob, InputKey key) {
    return PROVIDER.equals(blob.getProviderId())
        && MessageDigest.isEqual(
            blob.getProviderInformation(), key.name().getBytes(StandardCharsets.UTF_8));
  }

  private static ProblemException unreadable() {
    return ProblemException.of(ProblemCode.INPUT_UNREADABLE);
  }
}
