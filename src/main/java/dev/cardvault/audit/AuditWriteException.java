package dev.cardvault.audit;

import java.sql.SQLException;

/** The audit log could not be written, or whether it was is unknown. */
public final class AuditWriteException extends SQLException {

  private static final long serialVersionUID = 1L;

  AuditWriteException(SQLException cause) {
    super(cause.getMessage(), cause.getSQLState(), cause);
  }
}
