package dev.cardvault.clients;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cardvault.access.Scope;
import dev.cardvault.database.Ids;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Issues and verifies access tokens: JWTs signed with Ed25519 (RFC 8037, RFC 9068). Those verified
 * once are remembered under their hash, never under their text.
 */
@ApplicationScoped
class AccessTokens {

  /** The media type in the header, which no other kind of JWT carries (RFC 9068 2.1). */
  static final String TYPE = "at+jwt";

  private final TokenKeys keys;
  private final TokenVerifier verifier;
  private final ClientsConfig config;
  private final Ids ids;
  private final Cache<TokenHash, AccessToken> verified;

  AccessTokens(TokenKeys keys, TokenVerifier verifier, ClientsConfig config, Ids ids) {
    this.keys = keys;
    this.verifier = verifier;
    this.config = config;
    this.ids = ids;
    this.verified =
        Caffeine.newBuilder()
            .maximumSize(config.verifiedTokens())
            .expireAfterWrite(config.tokenLifetime().plus(config.clockSkew()))
            .build();
  }

  /** A new access token for {@code client}, which logged in with {@code credentialId}. Blocks. */
  IssuedToken issue(ClientState client, String credentialId, Set<Scope> scopes) {
    TokenKeys.Signing signing = keys.signing(client.tenant());
    Instant now = ids.now();
    String scope = scopes.stream().map(Scope::code).sorted().collect(Collectors.joining(" "));
    String token =
        Jwt.issuer(config.issuer())
            .subject(client.id())
            .audience(config.audience())
            .issuedAt(now)
            .expiresAt(now.plus(config.tokenLifetime()))
            .claim("jti", ids.next().toString())
            .claim("client_id", client.id())
            .claim("tenant", client.tenant().toString())
            .claim("scope", scope)
            .claim("cred", credentialId)
            .jws()
            .algorithm(SignatureAlgorithm.EDDSA)
            .header("typ", TYPE)
            .keyId(signing.keyId())
            .sign(signing.key());
    return new IssuedToken(token, config.tokenLifetime(), scope);
  }

  /** What {@code text} says, if it was verified before; {@code null} otherwise. Never blocks. */
  @Nullable AccessToken recall(String text) {
    requireKeys();
    return verified.getIfPresent(TokenHash.of(text));
  }

  /**
   * What {@code text} says. It may have expired meanwhile. Blocks.
   *
   * @throws ProblemException {@code invalid-credential}, or {@code key-server-sealed}
   */
  AccessToken verify(String text) {
    requireKeys();
    AccessToken token = verifier.verify(text);
    if (!hasExpired(token, ids.now())) {
      verified.put(TokenHash.of(text), token);
    }
    return token;
  }

  /** Whether {@code token} has expired at {@code now}, by every node's clock. */
  boolean hasExpired(AccessToken token, Instant now) {
    return !now.isBefore(token.expiresAt().plus(config.clockSkew()));
  }

  /** Sealing the key server turns everybody away, also those who were let in before. */
  private void requireKeys() {
    if (!keys.available()) {
      throw ProblemException.of(ProblemCode.KEY_SERVER_SEALED);
    }
  }
}
