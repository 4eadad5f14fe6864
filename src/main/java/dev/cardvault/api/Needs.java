package dev.cardvault.api;

import dev.cardvault.access.Scope;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The scope a caller needs for an endpoint. Every resource method carries this or {@link Public};
 * {@link CallerFilter} refuses whoever calls one that carries neither.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Needs {

  /** The scope. */
  Scope value();

  /**
   * Whether a capture's own secret in place of an access token lets the request through to the
   * resource, which then checks it.
   */
  boolean orCaptureSecret() default false;
}
