package dev.cardvault.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cardvault.testing.RealVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Each line of {@code vault-policies/expectations.tsv} against a real Vault with these policies:
 * what a holder may not do is refused.
 */
final class PolicyExpectationsTest {

  private static final String CONTEXT = "Y29udGV4dA==";

  private final RealVault vault = RealVault.shared();
  private final UUID tenant = UUID.randomUUID();
  private final String ciphertext = ciphertext();
  private final String signature =
      vault
          .asOperator("POST", "transit/sign/audit-log", "{\"input\":\"YQ==\"}")
          .path("data")
          .path("signature")
          .asText();

  @Test
  void allowEachHolderItsCallsAndNoOthers() throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("vault-policies/expectations.tsv")).stream()
            .filter(line -> !line.startsWith("#") && !line.startsWith("policy\t"))
            .toList();
    assertTrue(lines.size() > 100, "Too few lines to be all");
    List<String> wrong = new ArrayList<>();
    for (String line : lines) {
      String[] column = line.split("\t", -1);
      int status =
          vault.status(
              vault.token(column[0].split(",")),
              column[1],
              filled(column[2]),
              column.length > 4 ? filled(column[4]) : "");
      boolean asExpected = column[3].equals("2xx") ? status / 100 == 2 : status == 403;
      if (!asExpected) {
        wrong.add(status + " for " + line);
      }
    }
    assertEquals(List.of(), wrong);
  }

  private String filled(String text) {
    return text.replace("{tenant}", tenant.toString())
        .replace("{new}", UUID.randomUUID().toString())
        .replace("{context}", CONTEXT)
        .replace("{ciphertext}", ciphertext)
        .replace("{signature}", signature);
  }

  private String ciphertext() {
    vault.createKek(tenant);
    JsonNode made =
        vault.asOperator(
            "POST",
            "transit/datakey/plaintext/pan-kek-" + tenant,
            "{\"context\":\"" + CONTEXT + "\"}");
    return made.path("data").path("ciphertext").asText();
  }
}
