package dev.cardvault.anchor;

import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.ledger.Note;
import dev.cardvault.ledger.NoteLine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.ErrorManager;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.SyslogHandler;

/** A system log on another machine, which takes RFC 5424 lines and gives none back. */
final class SyslogAnchor implements Anchor {

  private static final int CONNECT_MILLIS = 2000;

  private final String host;
  private final int port;
  private final SyslogHandler.Protocol protocol;

  SyslogAnchor(String host, int port, AnchorConfig.Protocol protocol) {
    this.host = host;
    this.port = port;
    this.protocol =
        switch (protocol) {
          case TLS -> SyslogHandler.Protocol.SSL_TCP;
          case TCP -> SyslogHandler.Protocol.TCP;
          case UDP -> SyslogHandler.Protocol.UDP;
        };
  }

  @Override
  public String name() {
    return "syslog";
  }

  /** By a connection of its own each time: once a minute, and none is ever stale. */
  @Override
  public Note keep(Note checkpoint, History history) throws IOException {
    requireListener();
    AtomicReference<Exception> failure = new AtomicReference<>();
    SyslogHandler handler =
        new SyslogHandler(
            host,
            port,
            SyslogHandler.Facility.LOG_AUDIT,
            SyslogHandler.SyslogType.RFC5424,
            protocol,
            null);
    try {
      handler.setErrorManager(
          new ErrorManager() {
            @Override
            public synchronized void error(String text, Exception cause, int code) {
              failure.set(cause == null ? new IOException(text) : cause);
            }
          });
      handler.setAppName("cardvault");
      handler.setUseCountingFraming(protocol == SyslogHandler.Protocol.SSL_TCP);
      handler.setFormatter(new PatternFormatter("%s"));
      handler.publish(new ExtLogRecord(Level.INFO, NoteLine.of(checkpoint), name()));
      handler.flush();
    } finally {
      handler.close();
    }
    if (failure.get() != null) {
      throw new IOException("The system log did not take the line", failure.get());
    }
    return checkpoint;
  }

  // The handler may drop without a word what it finds nobody to give to.
  private void requireListener() throws IOException {
    if (protocol != SyslogHandler.Protocol.UDP) {
      try (Socket probe = new Socket()) {
        probe.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      }
    }
  }

  @Override
  public Optional<Checkpoint> newest(String origin) {
    return Optional.empty();
  }
}
