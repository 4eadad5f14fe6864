package dev.cardvault.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;

/** Who initialises a Vault of a test's own and opens its seal, and keeps what that takes. */
final class VaultOperator {

  private final VaultApi api = new VaultApi();
  private String rootToken = "";
  private String unsealKey = "";

  String rootToken() {
    return rootToken;
  }

  String unsealKey() {
    return unsealKey;
  }

  /** Waits until it answers, initialises it the first time, and opens its seal. */
  void open(String address, BooleanSupplier alive) {
    Patience.until(() -> answers(address) || !alive.getAsBoolean());
    if (rootToken.isEmpty()) {
      JsonNode made =
          api.must(address, "", "PUT", "sys/init", "{\"secret_shares\":1,\"secret_threshold\":1}");
      rootToken = made.path("root_token").asText();
      unsealKey = made.path("keys_base64").path(0).asText();
    }
    api.must(address, "", "PUT", "sys/unseal", "{\"key\":\"" + unsealKey + "\"}");
  }

  private boolean answers(String address) {
    try {
      return api.call(address, "", "GET", "sys/seal-status", "").status() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }
}
