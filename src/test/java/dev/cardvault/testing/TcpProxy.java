package dev.cardvault.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the service and a server it calls, and breaks what passes: late, never, cut, or
 * cut between a COMMIT and its answer. Its port stays the same whatever it does.
 */
public final class TcpProxy implements AutoCloseable {

  // CommandComplete of a COMMIT (PostgreSQL manual, 53.7): type, length, tag, NUL.
  private static final byte[] COMMITTED = "C\0\0\0\013COMMIT\0".getBytes(StandardCharsets.US_ASCII);

  private final String host;
  private final int target;
  private final int port;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicInteger swallowed = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition opened = lock.newCondition();
  private @Nullable ServerSocket listener;
  private boolean blackHole;
  private volatile Duration delay = Duration.ZERO;
  private volatile byte @Nullable [] marker;

  private TcpProxy(String host, int target) throws IOException {
    this.host = host;
    this.target = target;
    this.port = listen(0);
  }

  /** A proxy that passes everything to a server until it is told otherwise. */
  public static TcpProxy to(String host, int port) {
    try {
      return new TcpProxy(host, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where to connect instead of to the server. */
  public int port() {
    return port;
  }

  /** From now on, holds back each piece of data for so long, both ways. */
  public void delay(Duration each) {
    delay = each;
  }

  /** From now on, accepts connections and data and passes nothing. */
  public void blackHole() {
    setBlackHole(true);
  }

  /** From now on, connections are refused, and those there are end. */
  public void refuse() {
    ServerSocket open = listener;
    listener = null;
    if (open != null) {
      close(open);
    }
    cut();
  }

  /** Ends all connections there are; new ones are welcome. */
  public void cut() {
    links.forEach(Link::close);
  }

  /**
   * Once data with {@code text} in it has gone to the server, the answer to that connection's next
   * COMMIT is swallowed and the connection cut: it is done, and the client cannot know.
   */
  public void swallowCommitAfter(String text) {
    marker = text.getBytes(StandardCharsets.UTF_8);
  }

  /** How many answers to a COMMIT were swallowed. */
  public int swallowedCommits() {
    return swallowed.get();
  }

  /** Passes everything again. */
  public void heal() {
    marker = null;
    delay = Duration.ZERO;
    setBlackHole(false);
    if (listener == null) {
      try {
        listen(port);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    refuse();
    setBlackHole(false);
  }

  private int listen(int wanted) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 4096);
    listener = socket;
    start("accept", () -> accept(socket));
    return socket.getLocalPort();
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Link link = new Link(socket.accept());
        if (socket.isClosed()) {
          // Let in by the kernel while the listener was being closed.
          link.close();
          return;
        }
        links.add(link);
        start("connect", link::connect);
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void setBlackHole(boolean on) {
    lock.lock();
    try {
      blackHole = on;
      opened.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitPassage() throws InterruptedException {
    lock.lock();
    try {
      long rest = delay.toNanos();
      while (rest > 0 && !delay.isZero()) {
        rest = opened.awaitNanos(rest);
      }
      while (blackHole) {
        opened.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, "proxy-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(AutoCloseable thing) {
    try {
      thing.close();
    } catch (Exception e) {
      // It is gone, which is what was wanted.
      return;
    }
  }

  private static boolean contains(byte[] data, int length, byte[] wanted) {
    for (int i = 0; i + wanted.length <= length; i++) {
      int j = 0;
      while (j < wanted.length && data[i + j] == wanted[j]) {
        j++;
      }
      if (j == wanted.length) {
        return true;
      }
    }
    return false;
  }

  /** One client's connection and its twin to the server. */
  private final class Link {
    private final Socket client;
    private final Socket server = new Socket();
    private volatile boolean marked;

    Link(Socket client) {
      this.client = client;
    }

    void connect() {
      try {
        awaitPassage();
        server.connect(new InetSocketAddress(host, target), 5_000);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        start("up", () -> pump(client, server, true));
        pump(server, client, false);
      } catch (IOException e) {
        close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        close();
      }
    }

    private void pump(Socket from, Socket to, boolean upward) {
      byte[] buffer = new byte[65_536];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          awaitPassage();
          if (upward) {
            look(buffer, n);
          } else if (marked && contains(buffer, n, COMMITTED)) {
            swallowed.incrementAndGet();
            break;
          }
          out.write(buffer, 0, n);
        }
      } catch (IOException e) {
        // One side hung up; the other is told below.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        close();
      }
    }

    private void look(byte[] data, int length) {
      byte[] wanted = marker;
      if (wanted != null && contains(data, length, wanted)) {
        marked = true;
      }
    }

    void close() {
      links.remove(this);
      TcpProxy.close(client);
      TcpProxy.close(server);
    }
  }
}
