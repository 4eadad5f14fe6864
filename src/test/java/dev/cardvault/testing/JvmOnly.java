package dev.cardvault.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIf;

/**
 * A test of what only a JVM has: heap dumps, flags, the embedded database. Skipped for a native
 * binary.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@DisabledIf(
    value = "dev.cardvault.testing.ServiceNode#isNative",
    disabledReason = "A native binary has no JVM")
public @interface JvmOnly {}
