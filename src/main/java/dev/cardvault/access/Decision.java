package dev.cardvault.access;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;

/** Whether a caller may, and if not, by which rule. */
public sealed interface Decision {

  /** The caller may. */
  Decision ALLOWED = new Allowed();

  /** The caller may not, by {@code rule}. */
  static Decision denied(ProblemCode rule) {
    return new Denied(rule);
  }

  /** Whether the caller may. */
  boolean allowed();

  /**
   * Passes when the caller may.
   *
   * @throws ProblemException of the rule that denies it
   */
  void orThrow();

  /** The caller may. */
  record Allowed() implements Decision {
    @Override
    public boolean allowed() {
      return true;
    }

    @Override
    public void orThrow() {}
  }

  /**
   * The caller may not.
   *
   * @param rule the code the caller is told
   */
  record Denied(ProblemCode rule) implements Decision {
    @Override
    public boolean allowed() {
      return false;
    }

    @Override
    public void orThrow() {
      throw ProblemException.of(rule);
    }
  }
}
