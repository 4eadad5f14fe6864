package dev.cardvault.outbox;

import dev.cardvault.keys.WebhookKey;
import dev.cardvault.keys.WebhookKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Posts messages to a URL, signed as the Standard Webhooks specification 1.0 says: {@code
 * webhook-id}, {@code webhook-timestamp} and {@code webhook-signature}, HMAC-SHA-256 over all three
 * and the body. It follows no redirect and connects to the very address that was checked.
 */
@ApplicationScoped
class WebhookChannel implements Channel {

  /** Its name. */
  static final String NAME = "webhook";

  private static final int CONNECT_MILLIS = 2000;
  private static final int MOST_OF_ANSWER = 64 * 1024;
  private static final int GONE = 410;
  private static final int HTTPS = 443;
  private static final int HTTP = 80;
  private static final Duration LONGEST_WISH = Duration.ofHours(1);
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

  private final AddressGuard guard;
  private final WebhookKeys keys;
  private final Vertx vertx;
  private final Clock clock;
  private final long timeoutMillis;
  private final HttpClient client;

  WebhookChannel(
      AddressGuard guard, WebhookKeys keys, Vertx vertx, Clock clock, OutboxConfig config) {
    this.guard = guard;
    this.keys = keys;
    this.vertx = vertx;
    this.clock = clock;
    this.timeoutMillis = config.timeout().toMillis();
    HttpClientOptions options =
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_MILLIS)
            .setIdleTimeout((int) config.timeout().toSeconds() + 1)
            .setMaxPoolSize(config.atOnce())
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
            .setVerifyHost(true);
    config
        .trust()
        .ifPresent(
            file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
    this.client = vertx.createHttpClient(options);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void check(String address) {
    guard.checkedUrl(address);
  }

  @Override
  public CompletionStage<Result> deliver(Delivery delivery) {
    URI url = guard.checkedUrl(delivery.target().address());
    return keys.key(delivery.tenant())
        .thenCompose(
            key ->
                vertx
                    .executeBlocking(() -> guard.addressOf(url.getHost()), false)
                    .compose(address -> post(delivery, url, address, key))
                    .recover(failure -> Future.succeededFuture(Result.retry(reasonOf(failure))))
                    .toCompletionStage());
  }

  private Future<Result> post(Delivery delivery, URI url, InetAddress address, WebhookKey key) {
    boolean tls = "https".equals(url.getScheme());
    int port = url.getPort() >= 0 ? url.getPort() : tls ? HTTPS : HTTP;
    byte[] body = delivery.body().getBytes(StandardCharsets.UTF_8);
    String time = String.valueOf(clock.instant().getEpochSecond());
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
            .setHost(url.getHost())
            .setPort(port)
            .setSsl(tls)
            .setURI(pathOf(url))
            .setFollowRedirects(false)
            .setTimeout(timeoutMillis)
            .putHeader("content-type", "application/json")
            .putHeader("user-agent", "cardvault")
            .putHeader("webhook-id", idOf(delivery))
            .putHeader("webhook-timestamp", time)
            .putHeader("webhook-signature", signatures(delivery, time, body, key));
    return client
        .request(options)
        .compose(
            request ->
                request
                    .send(Buffer.buffer(body))
                    .onSuccess(response -> discard(request, response))
                    .map(WebhookChannel::resultOf));
  }

  /** Nothing of the answer but its status is of interest, and nobody makes us read for ever. */
  private void discard(HttpClientRequest request, HttpClientResponse response) {
    long deadline = vertx.setTimer(timeoutMillis, id -> request.reset());
    int[] read = {0};
    response
        .handler(
            part -> {
              read[0] += part.length();
              if (read[0] > MOST_OF_ANSWER) {
                request.reset();
              }
            })
        .exceptionHandler(failure -> vertx.cancelTimer(deadline))
        .endHandler(end -> vertx.cancelTimer(deadline));
  }

  private static Result resultOf(HttpClientResponse response) {
    int status = response.statusCode();
    String reason = "status " + status;
    if (status >= 200 && status < 300) {
      return Result.delivered(reason);
    }
    return status == GONE
        ? Result.failed(reason)
        : Result.retry(reason).notBefore(wishOf(response.getHeader("retry-after")));
  }

  private static @Nullable Duration wishOf(@Nullable String retryAfter) {
    if (retryAfter == null || !SECONDS.matcher(retryAfter).matches()) {
      return null;
    }
    Duration wish = Duration.ofSeconds(Long.parseLong(retryAfter));
    return wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish;
  }

  private static String signatures(Delivery delivery, String time, byte[] body, WebhookKey key) {
    Delivery.Target target = delivery.target();
    byte[] head = (idOf(delivery) + "." + time + ".").getBytes(StandardCharsets.US_ASCII);
    byte[] signed = Buffer.buffer(head).appendBytes(body).getBytes();
    String newest = signature(target, target.secretVersion(), signed, key);
    return target.previousToo()
        ? newest + " " + signature(target, target.secretVersion() - 1, signed, key)
        : newest;
  }

  private static String signature(
      Delivery.Target target, int version, byte[] signed, WebhookKey key) {
    return "v1,"
        + Base64.getEncoder().encodeToString(key.sign(target.destination(), version, signed));
  }

  private static String idOf(Delivery delivery) {
    return "msg_" + delivery.id();
  }

  private static String pathOf(URI url) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  /** What failed, by its kind: a message of TLS or DNS may quote what the other side sent. */
  private static String reasonOf(Throwable failure) {
    return failure instanceof UnknownHostException
        ? "no allowed address"
        : failure.getClass().getSimpleName();
  }

  @PreDestroy
  void close() {
    client.close();
  }
}
