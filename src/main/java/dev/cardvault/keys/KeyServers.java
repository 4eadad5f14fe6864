package dev.cardvault.keys;

import dev.cardvault.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.vault.client.VaultClient;
import io.quarkus.vault.client.http.vertx.VertxVaultHttpClient;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.function.LongSupplier;

/** Chooses the key server, and puts measuring, tracing, retrying and giving up round it. */
final class KeyServers {

  private static final int CONNECTIONS = 16;
  private static final int MOST_WAITING = 256;

  private KeyServers() {}

  @Produces
  @ApplicationScoped
  static KeyServer keyServer(
      KeysConfig config,
      Vertx vertx,
      SecureRandom random,
      Clock clock,
      KeyThreads threads,
      MeterRegistry meters,
      Traces traces) {
    KeyServer server =
        switch (config.server()) {
          case LOCAL -> local(config, random, clock, threads, ConfigUtils.getProfiles());
          case TRANSIT -> hardened(transit(config.vault(), vertx, threads), config, threads);
        };
    return new MeteredKeyServer(server, meters, traces);
  }

  static KeyServer local(
      KeysConfig config,
      SecureRandom random,
      Clock clock,
      KeyThreads threads,
      List<String> profiles) {
    if (profiles.contains("prod")) {
      throw new IllegalStateException(
          "cardvault.keys.server=local keeps keys in a file beside what they protect and is refused"
              + " in the prod profile; set up Vault or OpenBao and use transit");
    }
    return new LocalKeyServer(config.keystore(), random, clock, threads);
  }

  static KeyServer hardened(KeyServer server, KeysConfig config, KeyThreads threads) {
    return new RetryingKeyServer(
        new BreakingKeyServer(server, System::nanoTime),
        config.vault().deadline(),
        threads.timer(),
        System::nanoTime);
  }

  static KeyServer transit(KeysConfig.Vault config, Vertx vertx, KeyThreads threads) {
    VaultClient anonymous = anonymous(config, vertx);
    VaultSessions sessions =
        new VaultSessions(login(config, anonymous, threads), threads.timer(), System::nanoTime);
    return new TransitKeyServer(sessions, anonymous, config.mount());
  }

  private static VaultLogin login(
      KeysConfig.Vault config, VaultClient anonymous, KeyThreads threads) {
    LongSupplier time = System::nanoTime;
    if (config.token().isPresent()) {
      return new TokenLogin(anonymous, config.token().get(), time);
    }
    if (config.tokenFile().isPresent()) {
      return new TokenFileLogin(anonymous, config.tokenFile().get(), threads, time);
    }
    if (config.kubernetesRole().isPresent()) {
      return CredentialLogin.kubernetes(
          anonymous,
          config.kubernetesMount(),
          config.kubernetesRole().get(),
          config.kubernetesTokenFile(),
          threads,
          time);
    }
    return CredentialLogin.appRole(
        anonymous,
        config.appRoleMount(),
        config.roleId().orElseThrow(() -> missing("VAULT_ROLE_ID or another way to log in")),
        config.secretId().orElseThrow(() -> missing("VAULT_SECRET_ID")),
        time);
  }

  private static VaultClient anonymous(KeysConfig.Vault config, Vertx vertx) {
    WebClientOptions options =
        new WebClientOptions()
            .setConnectTimeout((int) config.timeout().toMillis())
            .setMaxPoolSize(CONNECTIONS)
            .setMaxWaitQueueSize(MOST_WAITING)
            .setFollowRedirects(false);
    config
        .cacert()
        .ifPresent(
            file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
    VaultClient.Builder builder =
        VaultClient.builder()
            .baseUrl(config.address().orElseThrow(() -> missing("VAULT_ADDR")))
            .executor(new VertxVaultHttpClient(WebClient.create(vertx, options)))
            .requestTimeout(config.timeout())
            .maxRetries(0);
    config.namespace().ifPresent(builder::namespace);
    return builder.build();
  }

  private static IllegalStateException missing(String setting) {
    return new IllegalStateException("cardvault.keys.server=transit needs " + setting);
  }
}
