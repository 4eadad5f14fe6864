package dev.cardvault.faults;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.cardvault.testing.FaultCase;
import java.security.MessageDigest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Secrets are compared without telling by time how much of them was right. */
final class ConstantTimeTest {

  private static final JavaClasses SERVICE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.cardvault");

  @Test
  @FaultCase(44)
  void noSecretIsComparedByteAfterByteUntilOneDiffers() {
    noClasses()
        .that()
        .resideInAnyPackage("..keys..", "..clients..", "..vault..", "..api..")
        .should()
        .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
        .orShould()
        .callMethod(Arrays.class, "equals", char[].class, char[].class)
        .orShould()
        .callMethod(Arrays.class, "compare", byte[].class, byte[].class)
        .because("it returns at the first difference: use MessageDigest.isEqual")
        .check(SERVICE);
  }

  @Test
  @FaultCase(44)
  void checkValuesAndSecretsAreComparedInConstantTime() {
    for (String area : new String[] {"keys", "vault"}) {
      assertTrue(
          SERVICE.stream()
              .filter(c -> c.getPackageName().startsWith("dev.cardvault." + area))
              .flatMap(c -> c.getMethodCallsFromSelf().stream())
              .anyMatch(
                  call ->
                      call.getTargetOwner().isEquivalentTo(MessageDigest.class)
                              && call.getName().equals("isEqual")
                          || call.getName().equals("constantTimeAreEqual")),
          area + " compares nothing in constant time");
    }
  }
}
