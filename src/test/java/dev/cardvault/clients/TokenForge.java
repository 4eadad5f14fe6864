package dev.cardvault.clients;

import dev.cardvault.access.Scope;
import dev.cardvault.access.TenantId;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Signs what the running service would sign only at another time. */
@ApplicationScoped
public class TokenForge {

  private final TokenKeys keys;
  private final ClientsConfig config;

  TokenForge(TokenKeys keys, ClientsConfig config) {
    this.keys = keys;
    this.config = config;
  }

  /** An access token for {@code made}, signed with the tenant's own key, that ends at a time. */
  public String endingAt(Instant end, TenantId tenant, NewSecret made, Scope scope) {
    TokenKeys.Signing signing = keys.signing(tenant);
    return Jwt.issuer(config.issuer())
        .subject(made.client().id())
        .audience(config.audience())
        .issuedAt(end.minus(config.tokenLifetime()))
        .expiresAt(end)
        .claim("jti", UUID.randomUUID().toString())
        .claim("tenant", tenant.toString())
        .claim("scope", scope.code())
        .claim("cred", made.credentialId())
        .jws()
        .algorithm(SignatureAlgorithm.EDDSA)
        .header("typ", AccessTokens.TYPE)
        .keyId(signing.keyId())
        .sign(signing.key());
  }
}
