package dev.cardvault.exports;

import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.TlsIdentity;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLServerSocket;

/** Takes messages of syslog over TLS (RFC 5425), and goes away without a word when closed. */
final class Collector implements AutoCloseable {

  private static final Pattern ID = Pattern.compile("id=\"(evt_[0-9a-f-]{36})\"");

  private final SSLServerSocket server;
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();

  /** Listens at {@code port}, or at any free one if that is 0. */
  Collector(TlsIdentity identity, int port) throws IOException {
    server = (SSLServerSocket) identity.context().getServerSocketFactory().createServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    Thread thread = new Thread(this::accept, "collector");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  int failures() {
    return failures.get();
  }

  int messages() {
    return messages.size();
  }

  /** The ids of {@code among} that have come, in the order in which they came. */
  List<String> ids(List<String> among) {
    return messages.stream().map(Collector::id).filter(among::contains).toList();
  }

  String message(String id) {
    return messages.stream().filter(m -> id(m).equals(id)).findFirst().orElseThrow();
  }

  void await(List<String> ids, Duration limit) {
    Eventually.await("all events come", limit, () -> ids(ids).containsAll(ids));
  }

  private static String id(String message) {
    Matcher id = ID.matcher(message);
    return id.find() ? id.group(1) : "";
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket connection = server.accept();
        connections.add(connection);
        Thread thread = new Thread(() -> read(connection), "collector-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void read(Socket connection) {
    try (InputStream in = new BufferedInputStream(connection.getInputStream())) {
      for (int length = length(in); length >= 0; length = length(in)) {
        messages.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      failures.incrementAndGet();
    }
  }

  /** The length in front of a message; -1 at the end. */
  private static int length(InputStream in) throws IOException {
    int length = 0;
    int c = in.read();
    if (c < 0) {
      return -1;
    }
    while (c != ' ') {
      length = length * 10 + Character.digit(c, 10);
      c = in.read();
    }
    return length;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
