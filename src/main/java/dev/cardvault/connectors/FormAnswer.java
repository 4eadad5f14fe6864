package dev.cardvault.connectors;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the platform behind a form reads. */
public enum FormAnswer {
  /** Plain XML, for the {@code <data>} element of VoiceXML 2.1. */
  DATA,
  /** A VoiceXML document that returns to the dialog that called it, for {@code <subdialog>}. */
  VOICEXML,
  /** A document of FreeSWITCH's mod_httapi, which sets channel variables. */
  HTTAPI;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** As the API and the database write it. */
  public String code() {
    return code;
  }

  /** The answer of that code. */
  public static Optional<FormAnswer> ofCode(String code) {
    return List.of(values()).stream().filter(answer -> answer.code.equals(code)).findFirst();
  }
}
