package dev.cardvault.keys;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Turns a client's secret into what is stored of it: Argon2id (RFC 9106) with the cost OWASP's
 * Password Storage Cheat Sheet names, written as a PHC string. One call takes some 50 ms and 19
 * MiB.
 */
@ApplicationScoped
public class SecretHasher {

  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  /** Above these, a hash was not written here, and checking it could take the node down. */
  private static final int MOST_MEMORY_KIB = 64 * 1024;

  private static final int MOST_PASSES = 10;

  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=(\\d{1,2})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  private final SecureRandom random;

  /** Takes salts from {@code random}. */
  public SecretHasher(SecureRandom random) {
    this.random = random;
  }

  /** What to store of {@code secret}; another string each time. The secret stays the caller's. */
  public String hash(byte[] secret) {
    byte[] salt = bytes(SALT_BYTES);
    byte[] hash = argon2id(secret, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES);
    return phc(salt, hash);
  }

  /**
   * Whether {@code stored} was made of {@code secret}, in a time that tells nothing about it.
   *
   * @throws IllegalArgumentException when {@code stored} is not a hash of this kind
   */
  public boolean matches(byte[] secret, String stored) {
    Matcher phc = PHC.matcher(stored);
    if (!phc.matches()) {
      throw new IllegalArgumentException("Not an argon2id hash");
    }
    int memory = atMost(MOST_MEMORY_KIB, phc.group(1));
    int passes = atMost(MOST_PASSES, phc.group(2));
    int lanes = atMost(MOST_PASSES, phc.group(3));
    byte[] salt = Base64.getDecoder().decode(phc.group(4));
    byte[] expected = Base64.getDecoder().decode(phc.group(5));
    byte[] actual = argon2id(secret, salt, memory, passes, lanes, expected.length);
    try {
      return MessageDigest.isEqual(expected, actual);
    } finally {
      Arrays.fill(actual, (byte) 0);
    }
  }

  /** A hash of no secret, to be checked where there is no client, so that this takes as long. */
  public String decoy() {
    return phc(bytes(SALT_BYTES), bytes(HASH_BYTES));
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static int atMost(int limit, String number) {
    int value = Integer.parseInt(number);
    if (value < 1 || value > limit) {
      throw new IllegalArgumentException("Not an argon2id hash of a cost used here");
    }
    return value;
  }

  private static byte[] argon2id(
      byte[] secret, byte[] salt, int memory, int passes, int lanes, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[length];
    generator.generateBytes(secret, hash);
    return hash;
  }

  private static String phc(byte[] salt, byte[] hash) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    String cost = "m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES;
    return String.join(
        "$",
        "",
        "argon2id",
        "v=19",
        cost,
        base64.encodeToString(salt),
        base64.encodeToString(hash));
  }
}
