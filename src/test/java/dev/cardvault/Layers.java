package dev.cardvault;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/** The table of the packages: arrows only downward (docs/architecture.md). */
final class Layers extends ArchCondition<JavaClass> {

  private static final String ROOT = "dev.cardvault";

  /** What each package may use. A new package finds its place here first. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("problem", Set.of()),
          Map.entry("batch", Set.of()),
          Map.entry("ledger", Set.of()),
          Map.entry("verifier", Set.of("ledger")),
          Map.entry("witness", Set.of("ledger")),
          Map.entry("anchor", Set.of("ledger")),
          Map.entry("card", Set.of("problem")),
          Map.entry("capture", Set.of("card", "problem")),
          Map.entry("access", Set.of("problem")),
          Map.entry("trace", Set.of("batch", "card")),
          Map.entry("database", Set.of("access", "batch", "problem", "trace")),
          Map.entry("token", Set.of("card", "problem")),
          Map.entry("keys", Set.of("access", "card", "database", "problem", "trace")),
          Map.entry("audit", Set.of("access", "batch", "database", "problem")),
          Map.entry(
              "sequencer",
              Set.of(
                  "access",
                  "anchor",
                  "audit",
                  "database",
                  "keys",
                  "ledger",
                  "problem",
                  "verifier")),
          Map.entry("clients", Set.of("access", "audit", "database", "keys", "problem")),
          Map.entry(
              "alerts", Set.of("access", "audit", "clients", "database", "outbox", "problem")),
          Map.entry("jobs", Set.of("access", "database", "problem")),
          Map.entry(
              "exports",
              Set.of("access", "audit", "database", "jobs", "ledger", "problem", "sequencer")),
          Map.entry(
              "retention",
              Set.of("access", "audit", "database", "ledger", "problem", "sequencer", "verifier")),
          Map.entry("review", Set.of("access", "audit", "database", "problem", "sequencer")),
          Map.entry("outbox", Set.of("access", "audit", "database", "keys", "problem")),
          Map.entry(
              "connectors",
              Set.of("access", "audit", "card", "clients", "database", "keys", "problem")),
          Map.entry(
              "vault",
              Set.of("access", "audit", "batch", "card", "database", "keys", "problem", "token")),
          Map.entry(
              "sessions",
              Set.of(
                  "access",
                  "audit",
                  "capture",
                  "card",
                  "database",
                  "keys",
                  "outbox",
                  "problem",
                  "vault")),
          Map.entry(
              "ivr",
              Set.of("access", "capture", "card", "connectors", "problem", "sessions", "vault")),
          Map.entry("api", allBelowTheEdge()),
          Map.entry("ops", allBelowTheEdge()),
          Map.entry("embedded", Set.of("ops")),
          Map.entry("command", Set.of("access", "ops", "verifier", "witness")),
          Map.entry("", Set.of("command", "ops")));

  Layers() {
    super("use only the packages below their own");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    String from = packageOf(type);
    Set<String> allowed = MAY_USE.get(from);
    if (allowed == null) {
      events.add(SimpleConditionEvent.violated(type, type.getName() + " is in no known package"));
      return;
    }
    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
      JavaClass target = dependency.getTargetClass().getBaseComponentType();
      if (target.getPackageName().startsWith(ROOT)) {
        String to = packageOf(target);
        if (!to.equals(from) && !allowed.contains(to)) {
          events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
        }
      }
    }
  }

  private static String packageOf(JavaClass type) {
    String below = type.getPackageName().substring(ROOT.length());
    return below.isEmpty() ? "" : below.substring(1).split("\\.")[0];
  }

  private static Set<String> allBelowTheEdge() {
    return Set.of(
        "access",
        "alerts",
        "audit",
        "batch",
        "capture",
        "card",
        "clients",
        "connectors",
        "database",
        "exports",
        "jobs",
        "keys",
        "outbox",
        "ledger",
        "problem",
        "retention",
        "review",
        "sessions",
        "sequencer",
        "token",
        "trace",
        "vault",
        "verifier");
  }
}
