package dev.cardvault.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The public half of a key that signs notes, under the name it signs as (C2SP signed-note, verifier
 * keys; tlog-cosignature for witnesses).
 */
public final class NoteKey {

  private static final int KEY_LENGTH = 32;
  private static final int ID_LENGTH = 4;

  private static final Pattern FORM =
      Pattern.compile("([^+\\s]+)\\+([0-9a-f]{8})\\+([A-Za-z0-9+/=]+)");

  // SubjectPublicKeyInfo of Ed25519 up to the 32 bytes of the key (RFC 8410, 4).
  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final String name;
  private final Kind kind;
  private final byte[] key;
  private final int id;
  private final PublicKey publicKey;

  private NoteKey(String name, Kind kind, byte[] key) {
    if (!Note.isName(name) || key.length != KEY_LENGTH) {
      throw new IllegalArgumentException("It is no name of a key, or no Ed25519 key");
    }
    this.name = name;
    this.kind = kind;
    this.key = key.clone();
    this.id = idOf(name, kind, key);
    this.publicKey = publicKeyOf(key);
  }

  /**
   * The key of a log.
   *
   * @param key an Ed25519 public key of 32 bytes (RFC 8032)
   */
  public static NoteKey ofLog(String name, byte[] key) {
    return new NoteKey(name, Kind.LOG, key);
  }

  /** The key of a witness. */
  public static NoteKey ofWitness(String name, byte[] key) {
    return new NoteKey(name, Kind.WITNESS, key);
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException if it is anything else, or of another kind of key
   */
  public static NoteKey parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("A key is written as name+id+key");
    }
    byte[] material = Base64.getDecoder().decode(parts.group(3));
    if (material.length != 1 + KEY_LENGTH) {
      throw new IllegalArgumentException("It is no Ed25519 key");
    }
    NoteKey read =
        new NoteKey(
            parts.group(1), Kind.of(material[0]), Arrays.copyOfRange(material, 1, material.length));
    if (!read.text().equals(text)) {
      throw new IllegalArgumentException("The key does not have the id that stands before it");
    }
    return read;
  }

  /** As others configure it: {@code name+id+key}. */
  public String text() {
    byte[] material = new byte[1 + KEY_LENGTH];
    material[0] = kind.code;
    System.arraycopy(key, 0, material, 1, KEY_LENGTH);
    return "%s+%08x+%s".formatted(name, id, Base64.getEncoder().encodeToString(material));
  }

  /** Under which name it signs. */
  public String name() {
    return name;
  }

  /** Tells it from other keys of that name; not unique. */
  public int id() {
    return id;
  }

  /** What its signatures say. */
  public Kind kind() {
    return kind;
  }

  /** Whether {@code signature} was made by it over {@code message}. */
  boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(publicKey);
      ed25519.update(message);
      return ed25519.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  private static int idOf(String name, Kind kind, byte[] key) {
    MessageDigest sha256 = TreeHash.sha256();
    sha256.update(name.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) '\n');
    sha256.update(kind.code);
    return ByteBuffer.wrap(sha256.digest(key), 0, ID_LENGTH).getInt();
  }

  private static PublicKey publicKeyOf(byte[] key) {
    byte[] encoded = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + key.length);
    System.arraycopy(key, 0, encoded, SPKI_PREFIX.length, key.length);
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("It is no Ed25519 key", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoteKey that && text().equals(that.text());
  }

  @Override
  public int hashCode() {
    return id;
  }

  @Override
  public String toString() {
    return text();
  }

  /** What a key's signatures say. */
  public enum Kind {
    /** A log says: this is my tree. */
    LOG(1),
    /** A witness says: I saw this tree at that time, and it extends all I saw before. */
    WITNESS(4);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    private static Kind of(byte code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IllegalArgumentException("It is no kind of key that signs here");
    }
  }
}
