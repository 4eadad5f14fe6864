package dev.cardvault.audit;

import dev.cardvault.database.UnknownOutcomeException;
import java.sql.SQLException;

/** The audit log could not be written, or whether it was is unknown. */
public final class AuditWriteException extends UnknownOutcomeException {

  private static final long serialVersionUID = 1L;

  AuditWriteException(SQLException cause) {
    super(cause);
  }
}
