package dev.cardvault.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.Backing;
import dev.cardvault.testing.FaultCase;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Backing.class)
final class MetricLabelsTest {

  // The filter sees every one of them alike; 10^5 take a minute and show nothing more.
  private static final int REQUESTS = 2_000;

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Inject MeterRegistry meters;

  @TestHTTPResource URI api;

  @Test
  @FaultCase(48)
  void randomPathsAndMethodsMakeABoundedNumberOfSeries() throws Exception {
    askFor(0, 50);
    int before = series();

    askFor(50, REQUESTS);

    assertEquals(before, series());
  }

  @Test
  @FaultCase(48)
  void noLabelHoldsAToken() throws Exception {
    String token = "0792018835071111";
    for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH", "BREW")) {
      for (String path : List.of("/v1/tokens/" + token, "/v1/tokens/" + token + "/suspend")) {
        ask(method, path);
      }
    }
    String labels =
        meters.getMeters().stream()
            .map(Meter::getId)
            .map(Object::toString)
            .collect(Collectors.joining("\n"));

    assertFalse(labels.contains(token));
    assertTrue(labels.contains("/v1/tokens/{token}"), labels);
  }

  /** Micrometer remembers each series by the labels it was asked for, before any filter. */
  @Test
  @FaultCase(48)
  void noStrangeMethodIsRememberedWhateverThePath() throws Exception {
    for (String path : List.of("/", "/x", "/v1/tokens", "/v1/tokens/1")) {
      ask("STRANGE", path);
    }
    Field remembered = MeterRegistry.class.getDeclaredField("preFilterIdToMeterMap");
    remembered.setAccessible(true);
    for (MeterRegistry each : registries()) {
      assertFalse(remembered.get(each).toString().contains("STRANGE"));
      assertTrue(remembered.get(each).toString().contains("cardvault.audit.events"));
    }
  }

  private List<MeterRegistry> registries() {
    List<MeterRegistry> all = new ArrayList<>(((CompositeMeterRegistry) meters).getRegistries());
    all.add(meters);
    return all;
  }

  private void askFor(int from, int to) throws Exception {
    String[] shapes = {"/x/%d", "/v1/tokens/0%d", "/v1/tokens/0%d/suspend", "/v1/%d", "/%d"};
    for (int i = from; i < to; i++) {
      ask(i % 3 == 0 ? "GET" : "M" + i, shapes[i % shapes.length].formatted(i));
    }
  }

  private void ask(String method, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve(path)).method(method, BodyPublishers.noBody()).build();
    int status = HTTP.send(request, BodyHandlers.discarding()).statusCode();
    assertTrue(status >= 400 && status < 500, () -> method + " " + path + ": " + status);
  }

  private int series() {
    return (int)
        meters.getMeters().stream()
            .filter(meter -> meter.getId().getName().startsWith("http.server"))
            .count();
  }
}
