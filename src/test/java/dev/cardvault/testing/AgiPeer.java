package dev.cardvault.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asterisk's side of FastAGI, scripted: presses keys when it is asked for one, plays no prompt, and
 * remembers what it was told. Where a test wants, byte by byte.
 */
public final class AgiPeer implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final BufferedReader commands;
  private final OutputStream replies;
  private final Map<String, String> variables = new LinkedHashMap<>();
  private final List<String> played = new ArrayList<>();
  private boolean byteByByte;

  /** Connects to the FastAGI server at {@code port} of this machine. */
  public AgiPeer(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      commands =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      replies = socket.getOutputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends each byte by itself from now on. */
  public AgiPeer byteByByte() {
    byteByByte = true;
    return this;
  }

  /** The header of a call. */
  public AgiPeer header(String callId, String... arguments) {
    StringBuilder header = new StringBuilder();
    header.append("agi_network: yes\nagi_network_script: capture\nagi_request: agi://127.0.0.1\n");
    header.append("agi_channel: Local/s@pay-00000000;2\nagi_language: en\nagi_type: Local\n");
    header.append("agi_uniqueid: ").append(callId).append("\nagi_version: 16.28.0\n");
    header.append("agi_callerid: 4915112345678\nagi_calleridname: unknown\nagi_context: pay\n");
    for (int i = 0; i < arguments.length; i++) {
      header.append("agi_arg_").append(i + 1).append(": ").append(arguments[i]).append('\n');
    }
    return say(header + "\n");
  }

  /** Presses {@code keys}, one each time it is asked, until the dialog ends; a space is no key. */
  public Map<String, String> press(String keys) {
    int next = 0;
    for (String command = hear(); command != null; command = hear()) {
      if (command.startsWith("WAIT FOR DIGIT ")) {
        char key = next < keys.length() ? keys.charAt(next++) : ' ';
        say("200 result=" + (key == ' ' ? 0 : (int) key) + "\n");
      } else {
        answer(command);
      }
    }
    return variables;
  }

  /** Presses {@code keys} and returns once the next one is waited for. */
  public AgiPeer pressAndStop(String keys) {
    int next = 0;
    for (String command = hear(); command != null; command = hear()) {
      if (!command.startsWith("WAIT FOR DIGIT ")) {
        answer(command);
      } else if (next == keys.length()) {
        return this;
      } else {
        say("200 result=" + (int) keys.charAt(next++) + "\n");
      }
    }
    throw new AssertionError("The dialog ended too soon: " + variables);
  }

  /** What an Asterisk in good health answers to anything but the wait for a key. */
  public void answer(String command) {
    if (command.startsWith("SET VARIABLE ")) {
      String[] words = command.split(" ", 4);
      variables.put(words[2], words[3].replace("\"", ""));
      say("200 result=1\n");
    } else if (command.startsWith("STREAM FILE ")) {
      played.add(command.split(" ", 4)[2]);
      say("200 result=0 endpos=8000\n");
    } else {
      throw new AssertionError("An unknown command: " + command);
    }
  }

  /** The next command; {@code null} when the other side has hung up. */
  public @Nullable String hear() {
    try {
      return commands.readLine();
    } catch (IOException e) {
      return null;
    }
  }

  /** Says {@code text}, whether or not anybody still listens. */
  public AgiPeer say(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      if (byteByByte) {
        for (byte b : bytes) {
          replies.write(b);
          replies.flush();
        }
      } else {
        replies.write(bytes);
        replies.flush();
      }
    } catch (IOException e) {
      // Whoever was spoken to has hung up, which the next hear() tells.
      return this;
    }
    return this;
  }

  /** The channel variables that were set. */
  public Map<String, String> variables() {
    return variables;
  }

  /** The sound files, in order. */
  public List<String> played() {
    return played;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
