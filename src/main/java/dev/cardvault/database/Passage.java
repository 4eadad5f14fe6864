package dev.cardvault.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Lets a transaction see rows of all tenants: those of the tables whose policies name it, and no
 * others.
 */
public enum Passage {
  /** Who may log in. */
  LOGIN("cardvault.login"),

  /** Jobs that wait to be done. */
  JOBS("cardvault.jobs"),

  /** Messages that wait to be delivered. */
  OUTBOX("cardvault.outbox"),

  /** Audit events, for who follows the log or sums it up. */
  WATCH("cardvault.watch");

  private static final String OPEN = "SELECT set_config(?, 'on', true)";

  private final String setting;

  Passage(String setting) {
    this.setting = setting;
  }

  /** Opens it until the transaction on {@code connection} ends. */
  public void open(Connection connection) throws SQLException {
    try (PreparedStatement open = connection.prepareStatement(OPEN)) {
      open.setString(1, setting);
      open.execute();
    }
  }
}
