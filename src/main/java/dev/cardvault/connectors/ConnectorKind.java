package dev.cardvault.connectors;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which tongue a platform speaks. */
public enum ConnectorKind {
  /** Twilio, Telnyx and SignalWire, whose pay verbs post a card as JSON. */
  PAY_CONNECTOR,
  /** Amazon Connect, whose contact flows encrypt each field that is keyed. */
  AMAZON_CONNECT,
  /** A form: VoiceXML, FreeSWITCH's mod_httapi. */
  FORM,
  /** Asterisk's FastAGI, key by key. */
  FASTAGI;

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** As the API and the database write it, like {@code pay-connector}. */
  public String code() {
    return code;
  }

  /** The kind of that code. */
  public static Optional<ConnectorKind> ofCode(String code) {
    return List.of(values()).stream().filter(kind -> kind.code.equals(code)).findFirst();
  }
}
