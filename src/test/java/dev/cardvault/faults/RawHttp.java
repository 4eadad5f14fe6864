package dev.cardvault.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP written by hand, for requests that no client library would send. */
final class RawHttp {

  private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.[01] (\\d{3})");
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

  private RawHttp() {}

  /**
   * Sends {@code bytes} on a connection of their own and reads the first answer. A connection that
   * is closed without one has status 0.
   */
  static Answer exchange(int port, byte[] bytes, Duration limit) {
    long start = System.nanoTime();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) limit.toMillis());
      try {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
      } catch (IOException refusedEarly) {
        // The server hung up while we wrote; it may have said why before.
        return parse(read(socket.getInputStream()), start);
      }
      return parse(read(socket.getInputStream()), start);
    } catch (IOException e) {
      return Answer.lost(e, System.nanoTime() - start);
    }
  }

  /** A POST with the usual headers, those given, and a body of any bytes. */
  static byte[] post(String path, String accessToken, List<String> headers, byte[] body) {
    StringBuilder head =
        new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n")
            .append("Authorization: Bearer ")
            .append(accessToken)
            .append("\r\nContent-Length: ")
            .append(body.length)
            .append("\r\n");
    headers.forEach(h -> head.append(h).append("\r\n"));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    all.writeBytes(body);
    return all.toByteArray();
  }

  /** As much as one answer has, or all there is until the server hangs up. */
  private static String read(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        all.write(buffer, 0, n);
        if (isWhole(all.toString(StandardCharsets.UTF_8))) {
          break;
        }
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException reset) {
      // A reset after the answer: what was read counts.
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  private static boolean isWhole(String text) {
    int head = text.indexOf("\r\n\r\n");
    if (head < 0) {
      return false;
    }
    Matcher length = LENGTH.matcher(text.substring(0, head + 2));
    if (length.find()) {
      int bytes = text.substring(head + 4).getBytes(StandardCharsets.UTF_8).length;
      return bytes >= Integer.parseInt(length.group(1));
    }
    return text.startsWith("0\r\n\r\n", head + 4) || text.contains("\r\n0\r\n\r\n");
  }

  private static Answer parse(String text, long start) throws IOException {
    Matcher status = STATUS.matcher(text);
    if (!status.find()) {
      throw new IOException("closed without an answer");
    }
    int head = Math.max(0, text.indexOf("\r\n\r\n"));
    Map<String, List<String>> headers = new HashMap<>();
    text.substring(0, head)
        .lines()
        .skip(1)
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              headers.put(
                  line.substring(0, colon).toLowerCase(Locale.ROOT),
                  List.of(line.substring(colon + 1).trim()));
            });
    return new Answer(
        Integer.parseInt(status.group(1)),
        headers,
        text.substring(Math.min(text.length(), head + 4)),
        System.nanoTime() - start);
  }
}
