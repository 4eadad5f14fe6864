package dev.cardvault;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beAnnotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.cardvault.card.RevealsPan;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The plan of the house, and the rules that keep secrets where they belong. */
final class ArchitectureTest {

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.cardvault");

  /** The places that see a PAN's digits; each more is one more to watch (PCI DSS 3.4.1). */
  private static final Set<String> REVEALERS =
      Set.of(
          "dev.cardvault.api.SecretAnswer",
          "dev.cardvault.keys.FingerprintKey",
          "dev.cardvault.keys.SealingKey",
          "dev.cardvault.token.Ff1Tokens");

  /** What must not lie about. */
  private static final Set<String> SECRETS =
      Set.of(
          "dev.cardvault.card.Pan",
          "dev.cardvault.card.HolderName",
          "dev.cardvault.card.SecurityCode",
          "dev.cardvault.api.CardNumber",
          "dev.cardvault.api.KeyedCode");

  /** The types that hold a secret, for the length of one request. */
  private static final Set<String> HOLDERS =
      Set.of(
          "dev.cardvault.api.CardHandover",
          "dev.cardvault.api.CardInput",
          "dev.cardvault.api.CardNumber",
          "dev.cardvault.api.ConnectEvent$Parameters",
          "dev.cardvault.api.FormCard",
          "dev.cardvault.api.LiftedPans",
          "dev.cardvault.api.LookUpCard$Card",
          "dev.cardvault.api.PayRequest",
          "dev.cardvault.capture.CollectedCard",
          "dev.cardvault.sessions.CodeDesk$HandedOut",
          "dev.cardvault.sessions.SecurityCodes",
          "dev.cardvault.sessions.SecurityCodes$Kept",
          "dev.cardvault.vault.Revealed",
          "dev.cardvault.vault.TokenizeRequest");

  /** What answers on the terminal, or may fail before there is a log. */
  private static final Set<String> COMMANDS =
      Set.of(
          "dev.cardvault.command.Cardvault",
          "dev.cardvault.ops.AuditExport",
          "dev.cardvault.ops.Bootstrap",
          "dev.cardvault.ops.Launch",
          "dev.cardvault.ops.Migration",
          "dev.cardvault.ops.Service");

  @Test
  void packagesUseOnlyThoseBelowThem() {
    check(classes().should(new Layers()));
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching("dev.cardvault.(*)..").should().beFreeOfCycles());
  }

  @Test
  void thePureCoreKnowsNoFramework() {
    check(
        classes()
            .that()
            .resideInAnyPackage(
                "dev.cardvault.card..",
                "dev.cardvault.problem..",
                "dev.cardvault.batch..",
                "dev.cardvault.capture..",
                "dev.cardvault.ledger..",
                "dev.cardvault.access..")
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                    "java..",
                    "dev.cardvault..",
                    "org.jspecify.annotations..",
                    "com.google.errorprone.annotations..")));
  }

  @Test
  void onlyKeysTalksToTheKeyServer() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.cardvault.keys..")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("io.quarkus.vault..", "io.quarkiverse.vault..")));
  }

  @Test
  void onlyKeysEncrypts() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.cardvault.keys..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("javax.crypto..", "org.bouncycastle..")));
  }

  @Test
  void aPanIsRevealedByMarkedMethodsAlone() {
    check(codeUnits().that(revealPans()).should().beAnnotatedWith(RevealsPan.class));
  }

  @Test
  void thePlacesThatRevealPansAreThese() {
    check(
        methods()
            .that()
            .areAnnotatedWith(RevealsPan.class)
            .should()
            .beDeclaredInClassesThat(areAmong(REVEALERS)));
  }

  @Test
  void nothingKeepsACard() {
    check(fields().that(involve(SECRETS)).should().beDeclaredInClassesThat(areAmong(HOLDERS)));
  }

  @Test
  void nothingKeepsACardForAllRequests() {
    check(fields().that(involve(SECRETS)).should().notBeStatic());
  }

  @Test
  void chanceIsCryptographic() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat(JavaClass.Predicates.equivalentTo(Random.class))
            .orShould()
            .callMethod(Math.class, "random"));
  }

  /** A native image would keep the seed of its build. */
  @Test
  void noRandomIsMadeBeforeTheServiceRuns() {
    check(noFields().that().haveRawType(SecureRandom.class).should().beStatic());
  }

  @Test
  void onlyCommandsPrint() {
    check(noClasses().that(not(areAmong(COMMANDS))).should(ACCESS_STANDARD_STREAMS));
  }

  @Test
  void nobodySleeps() {
    check(noClasses().should().callMethod(Thread.class, "sleep", long.class));
  }

  @Test
  void transactionsBeginInStores() {
    check(
        noMethods()
            .that()
            .areDeclaredInClassesThat()
            .haveNameNotMatching(".*(Store|Registry)")
            .should()
            .beAnnotatedWith(Transactional.class));
  }

  @Test
  void noWholeClassIsTransactionalButAStore() {
    check(
        noClasses()
            .that()
            .haveNameNotMatching(".*(Store|Registry)")
            .should(beAnnotatedWith(Transactional.class)));
  }

  @Test
  void everyEndpointNamesItsScope() {
    check(
        methods()
            .that(answerHttp())
            .should()
            .beAnnotatedWith("dev.cardvault.api.Needs")
            .orShould()
            .beAnnotatedWith("dev.cardvault.api.Public"));
  }

  @Test
  void namesSayWhatATypeIs() {
    check(noClasses().should().haveNameMatching(".*(Impl|Utils?|Manager|Helper|Dto)"));
  }

  // Rules hold for packages that are still empty.
  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(OURS);
  }

  private static DescribedPredicate<JavaCodeUnit> revealPans() {
    return describe(
        "reveal PANs",
        unit ->
            unit.getMethodCallsFromSelf().stream()
                    .anyMatch(call -> isReveal(call.getTargetOwner(), call.getName()))
                || unit.getMethodReferencesFromSelf().stream()
                    .anyMatch(call -> isReveal(call.getTargetOwner(), call.getName())));
  }

  private static boolean isReveal(JavaClass owner, String method) {
    return owner.getName().equals("dev.cardvault.card.Pan") && method.equals("reveal");
  }

  private static DescribedPredicate<JavaClass> areAmong(Set<String> names) {
    return describe("are among " + names, type -> names.contains(type.getName()));
  }

  private static DescribedPredicate<JavaField> involve(Set<String> types) {
    return describe(
        "involve " + types,
        field ->
            field.getAllInvolvedRawTypes().stream().anyMatch(t -> types.contains(t.getName())));
  }

  private static DescribedPredicate<JavaMethod> answerHttp() {
    return describe(
        "answer HTTP",
        method -> method.getAnnotations().stream().anyMatch(ArchitectureTest::isHttpMethod));
  }

  private static boolean isHttpMethod(JavaAnnotation<?> annotation) {
    return Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
            .contains(annotation.getRawType().getSimpleName())
        && annotation.getRawType().getPackageName().equals("jakarta.ws.rs");
  }
}
