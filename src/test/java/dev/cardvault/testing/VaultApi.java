package dev.cardvault.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Plain calls to a Vault, as its operator makes them. */
final class VaultApi {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /**
   * What Vault answers.
   *
   * @param body empty when it answers nothing
   */
  record Answer(int status, JsonNode body) {}

  /** Makes one call; a body of an empty text is none. */
  Answer call(String address, String token, String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + "/v1/" + path))
            .timeout(Duration.ofSeconds(20))
            .header("X-Vault-Token", token)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      String text = response.body();
      return new Answer(response.statusCode(), JSON.readTree(text.isEmpty() ? "{}" : text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The answer to a call that must work. */
  JsonNode must(String address, String token, String method, String path, String body) {
    Answer answer = call(address, token, method, path, body);
    if (answer.status() / 100 != 2) {
      throw new IllegalStateException(method + " " + path + " answered " + answer.status());
    }
    return answer.body();
  }
}
