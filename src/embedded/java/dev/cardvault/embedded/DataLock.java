package dev.cardvault.embedded;

import dev.cardvault.ops.ExitCode;
import dev.cardvault.ops.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second process off the same data. The operating system drops it when this process ends,
 * however it ends.
 */
final class DataLock {

  // Dev mode loads these classes anew at each reload; a system property is the process's own.
  private static final String HELD = "dev.cardvault.embedded.lock";

  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Whether this process holds the lock of {@code data} already. */
  static boolean isHeldHere(Path data) {
    return data.toString().equals(System.getProperty(HELD));
  }

  /**
   * Takes it for as long as the process lives and the result is reachable.
   *
   * @throws StartRefused when another process holds it
   */
  static DataLock take(Path data) {
    Path file = data.resolve("lock");
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        throw new StartRefused(
            ExitCode.IN_USE,
            "The data in %s is in use by process %s. Stop that one first, or set CARDVAULT_DATA to another folder."
                .formatted(data, Files.readString(file).strip()));
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
      System.setProperty(HELD, data.toString());
      return new DataLock(channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Still held; keeps the lock reachable. */
  boolean isHeld() {
    return channel.isOpen();
  }
}
