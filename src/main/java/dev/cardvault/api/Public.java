package dev.cardvault.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks an endpoint that answers without an access token. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Public {

  /** Why nobody has to be known here. */
  String value();
}
