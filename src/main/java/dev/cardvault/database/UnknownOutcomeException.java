package dev.cardvault.database;

import java.sql.SQLException;

/** A transaction failed after its commit was asked for: it may be committed or not. */
public class UnknownOutcomeException extends SQLException {

  private static final long serialVersionUID = 1L;

  /** Keeps the SQLSTATE of {@code cause}. */
  public UnknownOutcomeException(SQLException cause) {
    super(cause.getMessage(), cause.getSQLState(), cause);
  }
}
