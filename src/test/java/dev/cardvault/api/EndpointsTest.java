package dev.cardvault.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cardvault.access.Scope;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

class EndpointsTest {

  private final Endpoints endpoints = new Endpoints();

  @Test
  void readsWhatAnEndpointDemands() throws Exception {
    assertEquals(Scope.AUDIT_READ, endpoints.scopeOf(method("guarded")));
    assertNull(endpoints.scopeOf(method("open")));
  }

  @Test
  void closesAnEndpointThatForgotToSay() throws Exception {
    Method forgotten = method("forgotten");
    for (int i = 0; i < 2; i++) {
      ProblemException problem =
          assertThrows(ProblemException.class, () -> endpoints.scopeOf(forgotten));
      assertEquals(ProblemCode.SCOPE_MISSING, problem.code());
    }
  }

  private static Method method(String name) throws NoSuchMethodException {
    return Samples.class.getDeclaredMethod(name);
  }

  private static final class Samples {

    @Needs(Scope.AUDIT_READ)
    void guarded() {}

    @Public("a test")
    void open() {}

    void forgotten() {}
  }
}
