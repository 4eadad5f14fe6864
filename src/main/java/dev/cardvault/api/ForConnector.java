package dev.cardvault.api;

import dev.cardvault.connectors.ConnectorKind;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks an endpoint that a telephony platform calls, showing a connector's secret. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface ForConnector {

  /** Whose tongue is spoken there. */
  ConnectorKind value();
}
