package dev.cardvault.command;

import dev.cardvault.ops.ExitCode;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A card number that somebody typed, unseen, or that came in on standard input: never an argument,
 * which other users of the machine can see. Whether it is one, the service decides.
 */
final class TypedCard implements AutoCloseable {

  private static final int LONGEST = 64;

  private final byte[] digits;

  private TypedCard(byte[] digits) {
    this.digits = digits;
  }

  /** Asks for it at the terminal, or reads a line of standard input where there is none. */
  static TypedCard read() {
    Console console = Terminal.ofAPerson();
    try {
      return console == null ? ofLine(System.in) : ofConsole(console);
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.FAILED, "Standard input cannot be read");
    }
  }

  private static TypedCard ofConsole(Console console) {
    char @Nullable [] typed = console.readPassword("Card number: ");
    if (typed == null) {
      throw new CommandFailed(ExitCode.USAGE, "No card number was typed");
    }
    byte[] line = new byte[typed.length];
    for (int i = 0; i < typed.length; i++) {
      line[i] = (byte) (typed[i] < 0x80 ? typed[i] : '?');
    }
    Arrays.fill(typed, ' ');
    return of(line, line.length);
  }

  static TypedCard ofLine(InputStream input) throws IOException {
    byte[] line = new byte[LONGEST];
    int length = 0;
    for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
      if (length == LONGEST) {
        Arrays.fill(line, (byte) 0);
        throw new CommandFailed(ExitCode.REFUSED, "A card number is shorter than that");
      }
      line[length++] = (byte) next;
    }
    return of(line, length);
  }

  /** Takes {@code line}, which is wiped. */
  private static TypedCard of(byte[] line, int length) {
    byte[] digits = new byte[length];
    int count = 0;
    boolean known = true;
    for (int i = 0; i < length; i++) {
      if (line[i] >= '0' && line[i] <= '9') {
        digits[count++] = line[i];
      } else {
        known &= line[i] == ' ' || line[i] == '-' || line[i] == '\r';
      }
    }
    TypedCard card = new TypedCard(Arrays.copyOf(digits, count));
    Arrays.fill(digits, (byte) 0);
    Arrays.fill(line, (byte) 0);
    if (!known || count == 0) {
      card.close();
      throw new CommandFailed(ExitCode.REFUSED, "A card number is digits, spaces and dashes");
    }
    return card;
  }

  /** Its digits, not a copy. */
  byte[] digits() {
    return digits;
  }

  @Override
  public void close() {
    Arrays.fill(digits, (byte) 0);
  }

  /** Never prints what it holds. */
  @Override
  public String toString() {
    return "TypedCard[redacted]";
  }
}
