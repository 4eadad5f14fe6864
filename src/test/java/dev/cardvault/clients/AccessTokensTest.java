package dev.cardvault.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.access.ClientPolicy;
import dev.cardvault.access.Scope;
import dev.cardvault.access.TenantId;
import dev.cardvault.database.Ids;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.testing.ManualClock;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jose4j.json.JsonUtil;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingSupplier;

/** Cases 38 and 23 of the fault list: whatever is not exactly ours is refused. */
class AccessTokensTest {

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T10:00:00Z"));
  private final FakeTokenKeys keys = new FakeTokenKeys();
  private final ClientsConfig config = new FixedConfig();
  private final Ids ids = new Ids(clock, new SecureRandom());
  private final AccessTokens tokens =
      new AccessTokens(keys, new TokenVerifier(keys, config, clock), config, ids);

  private final TenantId tenant = new TenantId(ids.next());
  private final ClientState client =
      new ClientState(
          tenant,
          "cli_" + ids.next(),
          "billing",
          false,
          new ClientPolicy(
              Set.of(Scope.TOKENS_READ, Scope.TOKENS_CREATE),
              Set.of(),
              Set.of(),
              List.of(),
              null,
              0,
              0),
          Map.of());

  private String issue() {
    return tokens.issue(client, "cred_1", Set.of(Scope.TOKENS_READ)).text();
  }

  @Test
  void readsBackWhatItIssued() {
    AccessToken token = tokens.verify(issue());

    assertEquals(client.id(), token.clientId());
    assertEquals(tenant, token.tenant());
    assertEquals("cred_1", token.credentialId());
    assertEquals(Set.of(Scope.TOKENS_READ), token.scopes());
    assertEquals(clock.instant().plus(Duration.ofMinutes(15)), token.expiresAt());
  }

  @Test
  void remembersOnlyWhatItVerified() {
    String token = issue();

    assertNull(tokens.recall(token));
    AccessToken verified = tokens.verify(token);
    assertEquals(verified, tokens.recall(token));
    assertNull(tokens.recall(token + "x"));
  }

  @Test
  void tellsAnExpiredTokenFromAForgedOne() {
    String token = issue();
    clock.advance(Duration.ofMinutes(15).plusSeconds(31));

    assertTrue(tokens.hasExpired(tokens.verify(token), clock.instant()));
    assertNull(tokens.recall(token));
  }

  @Test
  void forgivesAClockThatIsThirtySecondsOff() {
    String token = issue();
    clock.advance(Duration.ofMinutes(15).plusSeconds(29));

    assertFalse(tokens.hasExpired(tokens.verify(token), clock.instant()));
  }

  @Test
  void knowsNobodyWhileTheKeyServerIsSealed() {
    String token = issue();
    tokens.verify(token);
    keys.seal();

    assertEquals(ProblemCode.KEY_SERVER_SEALED, codeOf(() -> tokens.recall(token)));
    assertEquals(ProblemCode.KEY_SERVER_SEALED, codeOf(() -> tokens.verify(token)));
  }

  @TestFactory
  Stream<DynamicTest> refusesWhateverIsNotExactlyOurs() throws Exception {
    Map<String, ThrowingSupplier<String>> forged = new HashMap<>();
    KeyPair other = FakeTokenKeys.newPair();
    KeyPair ours = keys.pairOf(tenant);
    TenantId foreign = new TenantId(UUID.randomUUID());
    KeyPair theirs = keys.pairOf(foreign);
    KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
    ec.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair p256 = ec.generateKeyPair();

    forged.put("no algorithm", () -> unsigned("none"));
    forged.put("no algorithm in capitals", () -> unsigned("NONE"));
    forged.put(
        "HS256 under the public key",
        () -> signed(claims(), "HS256", hmac(ours.getPublic().getEncoded()), Map.of()));
    forged.put("ES256", () -> signed(claims(), "ES256", p256.getPrivate(), Map.of()));
    forged.put("ES256 with a signature of zeros", this::psychicSignature);
    forged.put("another key", () -> signed(claims(), "EdDSA", other.getPrivate(), Map.of()));
    forged.put(
        "another tenant's key under our kid",
        () -> signed(claims(), "EdDSA", theirs.getPrivate(), Map.of()));
    forged.put(
        "another tenant's key under its own kid",
        () ->
            signed(
                claims(),
                "EdDSA",
                theirs.getPrivate(),
                Map.of("kid", FakeTokenKeys.keyIdOf(foreign))));
    for (String kid :
        List.of("", "../../dev/null", "' OR 1=1 --", "http://localhost/jwks", tenant + ".2")) {
      forged.put("kid " + kid, () -> signedByUs(claims(), Map.of("kid", kid)));
    }
    forged.put(
        "a key in the header",
        () ->
            signed(
                claims(),
                "EdDSA",
                other.getPrivate(),
                Map.of("jku", "https://localhost/jwks", "x5u", "https://localhost/cert")));
    forged.put("no type", () -> signedByUs(claims(), Map.of("typ", "JWT")));
    forged.put(
        "an unknown critical header",
        () -> signedByUs(claims(), Map.of("crit", List.of("exp"), "exp", 1)));
    forged.put("another issuer", () -> signedByUs(with("iss", "somebody"), Map.of()));
    forged.put("another audience", () -> signedByUs(with("aud", "somebody"), Map.of()));
    forged.put("not yet valid", () -> signedByUs(with("nbf", now() + 61), Map.of()));
    forged.put("issued for a year", () -> signedByUs(with("exp", now() + 31_536_000L), Map.of()));
    forged.put("another tenant", () -> signedByUs(with("tenant", foreign.toString()), Map.of()));
    for (String claim : claims().keySet()) {
      if (!claim.equals("client_id")) {
        forged.put("no " + claim, () -> signedByUs(with(claim, null), Map.of()));
      }
    }
    forged.put("an expiry that is text", () -> signedByUs(with("exp", "tomorrow"), Map.of()));
    forged.put(
        "a claim twice",
        () ->
            signedByUs(
                JsonUtil.toJson(claims()).replaceFirst("\\{", "{\"sub\":\"cli_other\","),
                Map.of()));
    forged.put("claims that are a list", () -> signedByUs("[]", Map.of()));
    forged.put("a megabyte", () -> issue() + "A".repeat(1 << 20));
    forged.put("four parts", () -> issue() + ".AAAA");
    forged.put("five parts", () -> "e30.e30.e30.e30.e30");
    forged.put("nothing", () -> "");
    forged.put("dots", () -> "..");
    forged.put("padding", () -> issue() + "=");
    forged.put("NUL", () -> issue() + "\0");

    assertEquals(client.id(), tokens.verify(signedByUs(claims(), Map.of())).clientId());
    return forged.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      String token = entry.getValue().get();
                      assertEquals(
                          ProblemCode.INVALID_CREDENTIAL, codeOf(() -> tokens.verify(token)));
                    }));
  }

  @Test
  void refusesEveryTruncation() {
    String token = issue();
    for (int length = 0; length < token.length(); length++) {
      String cut = token.substring(0, length);
      assertEquals(ProblemCode.INVALID_CREDENTIAL, codeOf(() -> tokens.verify(cut)));
    }
  }

  @Test
  void refusesEveryChangedByteOfTheSignature() {
    String token = issue();
    int dot = token.lastIndexOf('.');
    byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
    for (int i = 0; i < signature.length; i++) {
      byte[] changed = signature.clone();
      changed[i] ^= 1;
      String forged = token.substring(0, dot + 1) + base64(changed);
      assertEquals(ProblemCode.INVALID_CREDENTIAL, codeOf(() -> tokens.verify(forged)));
    }
  }

  private Map<String, Object> claims() {
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", config.issuer());
    claims.put("aud", config.audience());
    claims.put("sub", client.id());
    claims.put("client_id", client.id());
    claims.put("iat", now());
    claims.put("exp", now() + 900);
    claims.put("jti", ids.next().toString());
    claims.put("tenant", tenant.toString());
    claims.put("scope", "tokens:read");
    claims.put("cred", "cred_1");
    return claims;
  }

  private Map<String, Object> with(String claim, @Nullable Object value) {
    Map<String, Object> claims = claims();
    if (value == null) {
      claims.remove(claim);
    } else {
      claims.put(claim, value);
    }
    return claims;
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  private String signedByUs(Map<String, Object> claims, Map<String, Object> headers)
      throws Exception {
    return signedByUs(JsonUtil.toJson(claims), headers);
  }

  private String signedByUs(String claims, Map<String, Object> headers) throws Exception {
    return signed(claims, "EdDSA", keys.pairOf(tenant).getPrivate(), headers);
  }

  private String signed(
      Map<String, Object> claims, String algorithm, Key key, Map<String, Object> headers)
      throws Exception {
    return signed(JsonUtil.toJson(claims), algorithm, key, headers);
  }

  private String signed(String claims, String algorithm, Key key, Map<String, Object> headers)
      throws Exception {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setPayload(claims);
    jws.setAlgorithmHeaderValue(algorithm);
    jws.setHeader("typ", AccessTokens.TYPE);
    jws.setKeyIdHeaderValue(FakeTokenKeys.keyIdOf(tenant));
    headers.forEach(jws::setHeader);
    jws.setKey(key);
    jws.setDoKeyValidation(false);
    return jws.getCompactSerialization();
  }

  private static Key hmac(byte[] secret) {
    return new HmacKey(secret);
  }

  private String unsigned(String algorithm) {
    String header =
        "{\"alg\":\"%s\",\"typ\":\"at+jwt\",\"kid\":\"%s\"}"
            .formatted(algorithm, FakeTokenKeys.keyIdOf(tenant));
    return base64(header) + "." + base64(JsonUtil.toJson(claims())) + ".";
  }

  /** CVE-2022-21449: a signature of two zeros passed as anybody's. */
  private String psychicSignature() {
    String header =
        "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"%s\"}"
            .formatted(FakeTokenKeys.keyIdOf(tenant));
    byte[] zeros = new byte[64];
    Arrays.fill(zeros, (byte) 0);
    return base64(header) + "." + base64(JsonUtil.toJson(claims())) + "." + base64(zeros);
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static ProblemCode codeOf(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(ProblemException.class, call).code();
  }
}
