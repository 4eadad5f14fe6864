package dev.cardvault.command;

import dev.cardvault.ops.ExitCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that commands write: new ones, which their owner alone can read. */
final class NewFile {

  private NewFile() {}

  /** Makes an empty one. */
  static Path at(Path file) {
    try {
      return Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailed(ExitCode.EXISTS, "There is a file of that name: " + file);
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.FAILED, "This file cannot be made: " + file);
    }
  }
}
