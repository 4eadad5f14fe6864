package dev.cardvault.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cardvault.ops.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks a running service over HTTP, as one client. */
final class ServiceClient {

  private static final int OK = 200;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final URI service;
  private final HttpClient http;
  private final String bearer;

  private ServiceClient(URI service, HttpClient http, Login login) {
    this.service = service;
    this.http = http;
    this.bearer = "Bearer " + accessToken(login);
  }

  /**
   * Logs in.
   *
   * @param ca the authority to trust, as PEM; none for those of the JVM
   * @throws CommandFailed when nobody answers, the login is refused, or the way there is not secret
   */
  static ServiceClient at(URI service, @Nullable Path ca, Login login) {
    refuseClearText(service);
    HttpClient.Builder http = HttpClient.newBuilder().connectTimeout(CONNECT);
    if (ca != null) {
      http.sslContext(TrustedAuthority.in(ca));
    }
    return new ServiceClient(service, http.build(), login);
  }

  /** What {@code GET path} answers. */
  Answer get(String path) {
    return send("GET", path, BodyPublishers.noBody()).orRefusal();
  }

  /** What {@code POST path} answers. */
  Answer post(String path, byte[] json) {
    return send("POST", path, BodyPublishers.ofByteArray(json)).orRefusal();
  }

  /** What {@code POST path} answers, for what needs no body. */
  Answer post(String path) {
    return send("POST", path, BodyPublishers.noBody()).orRefusal();
  }

  /** What {@code DELETE path} answers. */
  Answer delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody()).orRefusal();
  }

  /** Writes what {@code GET path} answers into a new file that its owner alone can read. */
  void download(String path, Path file) {
    HttpRequest request = request(path).header("Authorization", bearer).build();
    HttpResponse<InputStream> response = answered(request, BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != OK) {
        new Answer(response.statusCode(), body.readAllBytes()).orRefusal();
      }
      try (OutputStream out = Files.newOutputStream(NewFile.at(file))) {
        body.transferTo(out);
      }
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.FAILED, "This could not be written whole: " + file);
    }
  }

  /** A part of a path that may hold anything. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A query with its question mark; nothing where there are no parameters. */
  static String query(Map<String, ?> parameters) {
    String query =
        parameters.entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + segment("" + parameter.getValue()))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? "" : "?" + query;
  }

  private Answer send(String method, String path, BodyPublisher body) {
    HttpRequest.Builder request =
        request(path).header("Authorization", bearer).method(method, body);
    if (body.contentLength() > 0) {
      request.header("Content-Type", "application/json");
    }
    return send(request.build());
  }

  private String accessToken(Login login) {
    HttpRequest request =
        request("/oauth2/token")
            .header("Authorization", login.basic())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("grant_type=client_credentials"))
            .build();
    Answer answer = send(request);
    JsonNode granted = answer.json();
    if (!granted.path("access_token").isTextual()) {
      answer.orRefusal();
    }
    return granted.path("access_token").asText();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(service.toString().replaceAll("/+$", "") + path))
        .timeout(DEADLINE);
  }

  private Answer send(HttpRequest request) {
    HttpResponse<byte[]> response = answered(request, BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), response.body());
  }

  private <T> HttpResponse<T> answered(HttpRequest request, BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.UNAVAILABLE,
          "No answer from " + service + " (" + e.getClass().getSimpleName() + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed(ExitCode.FAILED, "Stopped");
    }
  }

  /** Secrets and cards go over TLS, or stay on this machine (PCI DSS 4.2.1). */
  private static void refuseClearText(URI service) {
    boolean encrypted = "https".equals(service.getScheme());
    if (service.getHost() == null || !encrypted && !"http".equals(service.getScheme())) {
      throw new CommandFailed(ExitCode.USAGE, "A service is at https://HOST:PORT: --url");
    }
    if (!encrypted && !isHere(service.getHost())) {
      throw new CommandFailed(
          ExitCode.USAGE, "Another machine is asked over https alone: " + service);
    }
  }

  private static boolean isHere(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
