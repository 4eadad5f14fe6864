package dev.cardvault.clients;

import dev.cardvault.access.Scope;
import dev.cardvault.access.TenantId;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.Key;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Tells our access tokens from anything else. Nothing a header says is believed: the algorithm is
 * fixed (RFC 8725 3.1), {@code kid} only picks among the keys of one tenant, and every other
 * reference to a key is ignored (RFC 8725 3.10).
 */
@ApplicationScoped
class TokenVerifier {

  /** Ours have some 600 characters; nobody makes a node parse a megabyte. */
  private static final int LONGEST = 4096;

  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  private final TokenKeys keys;
  private final ClientsConfig config;
  private final Clock clock;

  TokenVerifier(TokenKeys keys, ClientsConfig config, Clock clock) {
    this.keys = keys;
    this.config = config;
    this.clock = clock;
  }

  /**
   * What {@code text} says; it is ours, but may have expired.
   *
   * @throws ProblemException {@code invalid-credential} when it is not ours
   */
  AccessToken verify(String text) {
    if (text.length() > LONGEST || !COMPACT.matcher(text).matches()) {
      throw invalid();
    }
    try {
      return read(claimsOf(text));
    } catch (MalformedClaimException | IllegalArgumentException e) {
      throw invalid();
    }
  }

  private JwtClaims claimsOf(String text) {
    try {
      return consumer().processToClaims(text);
    } catch (InvalidJwtException e) {
      if (onlyExpired(e)) {
        return e.getJwtContext().getJwtClaims();
      }
      throw problemOf(e);
    }
  }

  private JwtConsumer consumer() {
    return new JwtConsumerBuilder()
        .setJwsAlgorithmConstraints(
            new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.EDDSA))
        .setVerificationKeyResolver((jws, nesting) -> keyOf(jws))
        .setExpectedType(true, AccessTokens.TYPE)
        .setExpectedIssuer(true, config.issuer())
        .setExpectedAudience(true, config.audience())
        .setRequireSubject()
        .setRequireJwtId()
        .setRequireIssuedAt()
        .setRequireExpirationTime()
        .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
        .setAllowedClockSkewInSeconds((int) config.clockSkew().toSeconds())
        .setMaxFutureValidityInMinutes(
            (int) config.tokenLifetime().plus(config.clockSkew()).toMinutes() + 1)
        .build();
  }

  /** The key of the tenant the token claims to belong to: it verifies for that tenant or not. */
  private Key keyOf(JsonWebSignature jws) throws UnresolvableKeyException {
    try {
      JwtClaims unverified = JwtClaims.parse(jws.getUnverifiedPayload());
      TenantId tenant = tenantOf(unverified);
      String keyId = jws.getKeyIdHeaderValue();
      Key key = keyId == null ? null : keys.verifying(tenant, keyId);
      if (key != null) {
        return key;
      }
    } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException e) {
      throw new UnresolvableKeyException("Not a token of ours", e);
    }
    throw new UnresolvableKeyException("Not a key of ours");
  }

  private static AccessToken read(JwtClaims claims) throws MalformedClaimException {
    return new AccessToken(
        UUID.fromString(claims.getJwtId()),
        tenantOf(claims),
        claims.getSubject(),
        textOf(claims, "cred"),
        Arrays.stream(textOf(claims, "scope").split(" "))
            .map(Scope::ofCode)
            .flatMap(Optional::stream)
            .collect(Collectors.toUnmodifiableSet()),
        Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis()));
  }

  private static TenantId tenantOf(JwtClaims claims) throws MalformedClaimException {
    return new TenantId(UUID.fromString(textOf(claims, "tenant")));
  }

  private static String textOf(JwtClaims claims, String name) throws MalformedClaimException {
    String value = claims.getStringClaimValue(name);
    if (value == null) {
      throw new MalformedClaimException("A claim is missing");
    }
    return value;
  }

  private static boolean onlyExpired(InvalidJwtException e) {
    return !e.getErrorDetails().isEmpty()
        && e.getErrorDetails().stream().allMatch(d -> d.getErrorCode() == ErrorCodes.EXPIRED);
  }

  /** A key server or database that fails is not the caller's fault. */
  private static ProblemException problemOf(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ProblemException problem) {
        return problem;
      }
    }
    return invalid();
  }

  private static ProblemException invalid() {
    return ProblemException.of(ProblemCode.INVALID_CREDENTIAL);
  }
}
