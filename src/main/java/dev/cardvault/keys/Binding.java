package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import dev.cardvault.card.Pan;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Where a sealed value stands. It is authenticated with the value, so that one moved to another
 * tenant, row, key or column does not open.
 *
 * @param tenant whose it is
 * @param row the id of the row it stands in
 * @param panLength how many digits the card of that row has, 12 to 19
 * @param kind which value of the row it is
 */
public record Binding(TenantId tenant, UUID row, int panLength, Kind kind) {

  private static final int FIELDS = 7;
  private static final int ID_LENGTH = 2 * Long.BYTES;
  private static final byte AES_256_GCM = 1;

  /** What is sealed. */
  public enum Kind {
    /** A PAN. */
    PAN(1),
    /** A holder's name. */
    HOLDER_NAME(2);

    // Written into every seal: a number is never given twice.
    private final byte number;

    Kind(int number) {
      this.number = (byte) number;
    }
  }

  public Binding {
    if (panLength < Pan.MIN_LENGTH || panLength > Pan.MAX_LENGTH) {
      throw new IllegalArgumentException("A PAN has 12 to 19 digits");
    }
  }

  /** Every field after its length in one byte. */
  byte[] associatedData(byte format, UUID keyId) {
    ByteBuffer data = ByteBuffer.allocate(FIELDS + 4 + 3 * ID_LENGTH);
    put(data, format);
    put(data, AES_256_GCM);
    put(data, tenant.value());
    put(data, row);
    put(data, keyId);
    put(data, (byte) panLength);
    put(data, kind.number);
    return data.array();
  }

  private static void put(ByteBuffer data, byte value) {
    data.put((byte) 1).put(value);
  }

  private static void put(ByteBuffer data, UUID id) {
    data.put((byte) ID_LENGTH);
    data.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }
}
