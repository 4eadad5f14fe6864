package dev.cardvault.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks an endpoint that reads the bytes of its body by itself, as {@link BodyFilter} has them. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface TakesBody {

  /** What the body is. */
  BodyRules.Body value();
}
