package dev.cardvault.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.ledger.Hash;
import dev.cardvault.ledger.Note;
import dev.cardvault.ledger.NoteKey;
import dev.cardvault.ledger.NoteLine;
import dev.cardvault.ledger.TestSigner;
import dev.cardvault.ledger.TreeHash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AnchorTest {

  private static final Anchor.History PAST = size -> List.of();

  @TempDir private Path folder;

  private final TestSigner log = new TestSigner("log.example/audit", NoteKey.Kind.LOG);
  private final TestSigner witness = new TestSigner("w.example/w", NoteKey.Kind.WITNESS);

  private Checkpoint checkpoint(long size) {
    Hash root = new TreeHash().leaf(new byte[] {(byte) size});
    return new Checkpoint("log.example/audit", size, root);
  }

  private Note note(long size) {
    return log.sign(checkpoint(size));
  }

  @Test
  void aFileKeepsEveryCheckpointOnceAndKnowsTheNewest() throws Exception {
    Path file = folder.resolve("anchors");
    FileAnchor anchor = new FileAnchor(file);
    assertEquals(Optional.empty(), anchor.newest("log.example/audit"));
    for (long size : new long[] {3, 9, 9, 70}) {
      anchor.keep(note(size), PAST);
    }
    assertEquals(note(3) + "" + note(9) + note(70), Files.readString(file));
    FileAnchor again = new FileAnchor(file);
    assertEquals(Optional.of(checkpoint(70)), again.newest("log.example/audit"));
    assertEquals(Optional.empty(), again.newest("another.example/log"));
    assertThrows(ContradictionException.class, () -> again.keep(note(69), PAST));
  }

  @Test
  void aSystemLogGetsOneLine() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<String> line =
          CompletableFuture.supplyAsync(
              () -> {
                String read = null;
                // Whether anybody listens is asked first, by a connection that says nothing.
                while (read == null) {
                  try (Socket client = server.accept();
                      BufferedReader lines =
                          new BufferedReader(
                              new InputStreamReader(
                                  client.getInputStream(), StandardCharsets.UTF_8))) {
                    read = lines.readLine();
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                }
                return read;
              });
      new SyslogAnchor("127.0.0.1", server.getLocalPort(), AnchorConfig.Protocol.TCP)
          .keep(note(5), PAST);
      assertTrue(line.join().startsWith("<110>1 "), line.join());
      assertEquals(Optional.of(note(5).toString()), NoteLine.find(line.join()).map(Note::toString));
    }
  }

  @Test
  void aSystemLogThatIsAwayIsTold() throws Exception {
    // Bound and not listening: nobody else can have the port meanwhile.
    try (Socket bound = new Socket()) {
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      SyslogAnchor anchor =
          new SyslogAnchor("127.0.0.1", bound.getLocalPort(), AnchorConfig.Protocol.TCP);
      assertThrows(IOException.class, () -> anchor.keep(note(5), PAST));
    }
  }

  @Test
  void aWitnessIsToldWhatItLacks() throws Exception {
    List<String> bodies = new ArrayList<>();
    Queue<Object[]> answers = new ArrayDeque<>();
    HttpServer server = answering(bodies, answers);
    try {
      WitnessAnchor anchor =
          new WitnessAnchor(
              "http://127.0.0.1:" + server.getAddress().getPort() + "/", witness.key());
      answers.add(new Object[] {409, "3\n"});
      answers.add(new Object[] {200, witness.cosign(checkpoint(7), 1_700_000_000).line()});
      Note kept = anchor.keep(note(7), PAST);
      assertEquals(List.of(witness.key()), kept.signers(List.of(witness.key())));
      assertTrue(bodies.get(0).startsWith("old 0\n") && bodies.get(1).startsWith("old 3\n"));
      // Another's signature is no witness's.
      TestSigner stranger = new TestSigner("w.example/w", NoteKey.Kind.WITNESS);
      answers.add(new Object[] {200, stranger.cosign(checkpoint(8), 1_700_000_000).line()});
      assertThrows(IOException.class, () -> anchor.keep(note(8), PAST));
      // It remembers more than there is: our log was cut.
      answers.add(new Object[] {409, "900\n"});
      assertThrows(ContradictionException.class, () -> anchor.keep(note(9), PAST));
      answers.add(new Object[] {422, "no\n"});
      assertThrows(ContradictionException.class, () -> anchor.keep(note(901), PAST));
      answers.add(new Object[] {500, "oops\n"});
      assertThrows(IOException.class, () -> anchor.keep(note(902), PAST));
    } finally {
      server.stop(0);
    }
  }

  private static HttpServer answering(List<String> bodies, Queue<Object[]> answers)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/add-checkpoint",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          Object[] answer = answers.remove();
          byte[] body = ((String) answer[1]).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders((int) answer[0], body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}
