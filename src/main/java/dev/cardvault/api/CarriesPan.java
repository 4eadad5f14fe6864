package dev.cardvault.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a request in which card numbers stand, and says where: nowhere else may one. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface CarriesPan {

  /** The place, as a JSON pointer in which {@code *} is any index of an array. */
  String value();
}
