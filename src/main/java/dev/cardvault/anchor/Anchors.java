package dev.cardvault.anchor;

import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.ledger.NoteKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** The places outside that this installation has. */
@ApplicationScoped
public class Anchors {

  private static final Logger LOG = Logger.getLogger(Anchors.class);

  private final List<Anchor> all;

  /** Those that {@code config} names. */
  public Anchors(AnchorConfig config) {
    List<Anchor> anchors = new ArrayList<>();
    config.file().ifPresent(file -> anchors.add(new FileAnchor(file)));
    config.syslog().ifPresent(address -> anchors.add(syslog(address, config.syslogProtocol())));
    config.witnessUrl().ifPresent(url -> anchors.add(witness(url, config)));
    all = List.copyOf(anchors);
  }

  private static Anchor syslog(String address, AnchorConfig.Protocol protocol) {
    int colon = address.lastIndexOf(':');
    if (colon < 1 || !address.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw new IllegalStateException("cardvault.audit-anchor.syslog is written as host:port");
    }
    return new SyslogAnchor(
        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)), protocol);
  }

  private static Anchor witness(String url, AnchorConfig config) {
    String key =
        config
            .witnessKey()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "cardvault.audit-anchor.witness-url needs the witness-key too"));
    return new WitnessAnchor(url, NoteKey.parse(key));
  }

  /** Each of them. */
  public List<Anchor> all() {
    return all;
  }

  /** The newest checkpoints they remember of the log of that name. */
  public List<Checkpoint> newest(String origin) {
    List<Checkpoint> newest = new ArrayList<>();
    for (Anchor anchor : all) {
      try {
        anchor.newest(origin).ifPresent(newest::add);
      } catch (IOException unreadable) {
        LOG.errorf("The anchor %s cannot be read: %s", anchor.name(), unreadable.getMessage());
      }
    }
    return newest;
  }
}
