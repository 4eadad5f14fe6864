package dev.cardvault.card;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that is allowed to see a PAN's digits. The compiler refuses {@link Pan#reveal}
 * anywhere else, so the list of places that touch a PAN is the list of uses of this annotation.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface RevealsPan {
  /** Why this place needs the digits. */
  String value();
}
