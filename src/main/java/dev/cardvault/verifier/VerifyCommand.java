package dev.cardvault.verifier;

import dev.cardvault.ledger.NoteKey;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code audit-verify}: checks a log somebody handed over. Needs no network and no database. */
@Command(
    name = "audit-verify",
    description =
        "Checks the audit log offline: a folder as audit-export makes it, or a file of events with"
            + " their proofs.",
    footer = {"", "Exit status: 0 good, 1 tampered (the first bad index and why), 2 cannot tell"})
public final class VerifyCommand implements Callable<Integer> {

  private static final int GOOD = 0;
  private static final int TAMPERED = 1;
  private static final int CANNOT_TELL = 2;
  private static final long NOTE_NANOS = TimeUnit.SECONDS.toNanos(2);

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PATH", description = "The folder or file.")
  private Path path;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "A public key known beforehand, or a file of them: name+id+key. Without one, the folder's"
              + " own are believed, which shows only that it agrees with itself.")
  private List<String> keys = new ArrayList<>();

  @Option(
      names = "--anchor",
      paramLabel = "FILE",
      description = "Checkpoints that were kept elsewhere: an anchor file, or lines of syslog.")
  private List<Path> anchors = new ArrayList<>();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      List<NoteKey> trusted = trusted();
      if (trusted.isEmpty()) {
        err.println("No --key was given: the keys that came with the log are believed.");
      }
      LongConsumer progress = progress(err);
      Verdict verdict =
          Files.isDirectory(path)
              ? new FolderCheck(path, trusted, anchors, progress).check()
              : new ExportCheck(path, trusted, progress).check();
      out.println(verdict.text());
      return GOOD;
    } catch (TamperedException tampered) {
      out.println("tampered: index " + tampered.index() + ": " + tampered.reason());
      return TAMPERED;
    } catch (UndecidedException undecided) {
      out.println("cannot tell: " + undecided.getMessage());
      return CANNOT_TELL;
    }
  }

  private List<NoteKey> trusted() throws UndecidedException {
    List<NoteKey> trusted = new ArrayList<>();
    for (String key : keys) {
      if (Files.exists(Path.of(key))) {
        trusted.addAll(LogFolder.readKeys(Path.of(key)));
      } else {
        try {
          trusted.add(NoteKey.parse(key));
        } catch (IllegalArgumentException noKey) {
          throw new UndecidedException("--key: " + noKey.getMessage());
        }
      }
    }
    return trusted;
  }

  private static LongConsumer progress(PrintWriter err) {
    long began = System.nanoTime();
    long[] noted = {began};
    return done -> {
      long now = System.nanoTime();
      if (now - noted[0] > NOTE_NANOS) {
        noted[0] = now;
        double seconds = (now - began) / (double) TimeUnit.SECONDS.toNanos(1);
        err.printf("%,d leaves, %,.0f a second%n", done, done / seconds);
        err.flush();
      }
    };
  }
}
