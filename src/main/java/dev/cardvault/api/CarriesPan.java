package dev.cardvault.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a request in which card data stand, and says where: nowhere else may they. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface CarriesPan {

  /**
   * Where card numbers stand, as a JSON pointer in which {@code *} is any index of an array; empty
   * for nowhere.
   */
  String value() default "";

  /** Where a security code may stand, as a pointer; empty for nowhere. */
  String code() default "";
}
