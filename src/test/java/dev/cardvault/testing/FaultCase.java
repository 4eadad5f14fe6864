package dev.cardvault.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Names the cases of docs/faults.md that a test tries; its result goes on that page. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(FaultReport.class)
public @interface FaultCase {

  /** The numbers of the cases, as src/test/resources/dev/cardvault/testing/faults.tsv has them. */
  int[] value();
}
