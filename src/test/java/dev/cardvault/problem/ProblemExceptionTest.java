package dev.cardvault.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemExceptionTest {

  @Test
  void saysTheTitleWhereThereIsNoMoreToSay() {
    ProblemException problem = ProblemException.of(ProblemCode.LUHN_FAILED);
    assertSame(ProblemCode.LUHN_FAILED, problem.code());
    assertEquals(ProblemCode.LUHN_FAILED.title(), problem.detail());
    assertEquals(List.of(), problem.errors());
    assertNull(problem.retryAfter());
    assertEquals("more", ProblemException.of(ProblemCode.LUHN_FAILED, "more").detail());
  }

  @Test
  void namesTheFieldsAtFault() {
    ProblemException problem = ProblemException.at("/a", ProblemCode.INVALID_FIELD, "rule");
    assertEquals("rule", problem.detail());
    assertEquals(List.of(new FieldError("/a", "invalid-field", "rule")), problem.errors());
    List<FieldError> two =
        List.of(
            FieldError.at("/a", ProblemCode.MISSING_FIELD, "x"),
            FieldError.at("/b", ProblemCode.MISSING_FIELD, "y"));
    assertEquals(two, ProblemException.at(ProblemCode.MISSING_FIELD, two).errors());
  }

  @Test
  void movesItsPointersBelowAnItem() {
    ProblemException problem =
        ProblemException.at("/a", ProblemCode.INVALID_FIELD, "rule")
            .retryAfter(Duration.ofSeconds(1))
            .below("/items/3");
    assertEquals("/items/3/a", problem.errors().get(0).pointer());
    assertEquals("rule", problem.detail());
    assertEquals(Duration.ofSeconds(1), problem.retryAfter());
  }

  @Test
  void keepsItsCauseForTheLog() {
    Exception cause = new Exception("inner");
    ProblemException problem = ProblemException.of(ProblemCode.INTERNAL, cause);
    assertSame(cause, problem.getCause());
    assertEquals(ProblemCode.INTERNAL.title(), problem.detail());
    assertSame(cause, problem.retryAfter(Duration.ZERO).getCause());
    assertSame(cause, problem.below("/a").getCause());
  }

  @Test
  void hasAStackTraceOnlyWhereTheFaultIsOurs() {
    assertEquals(0, ProblemException.of(ProblemCode.LUHN_FAILED).getStackTrace().length);
    assertTrue(ProblemException.of(ProblemCode.INTERNAL).getStackTrace().length > 0);
  }

  @ParameterizedTest
  @EnumSource(ProblemCode.class)
  void aCodeIsLowerCaseAndItsUriHoldsIt(ProblemCode code) {
    assertTrue(code.code().matches("[a-z]+(-[a-z]+)*"));
    assertEquals("urn:cardvault:problem:" + code.code(), code.type());
    assertTrue(code.status() >= 400 && code.status() <= 507);
    assertTrue(!code.title().isBlank() && !code.title().endsWith("."));
  }

  @Test
  void onlyWhatMayPassLaterIsRetryable() {
    Set<ProblemCode> retryable = new HashSet<>();
    for (ProblemCode code : ProblemCode.values()) {
      if (code.retryable()) {
        retryable.add(code);
      }
    }
    assertTrue(retryable.stream().allMatch(c -> Set.of(409, 429, 503).contains(c.status())));
    assertTrue(
        retryable.containsAll(
            Set.of(
                ProblemCode.IDEMPOTENCY_IN_FLIGHT,
                ProblemCode.RATE_LIMITED,
                ProblemCode.DATABASE_UNAVAILABLE)));
  }
}
