package dev.cardvault.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a request of somebody else's making, of which only these places are read. What stands
 * anywhere else is overwritten before it is parsed: it may be a security code, or a telephone
 * number that looks like a card's.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface Keeps {

  /** The places, as JSON pointers; no card number may stand in one. */
  String[] value();
}
