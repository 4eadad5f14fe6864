package dev.cardvault.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;

/** Sends spans away in the background; while nobody takes them, they are dropped. */
final class Exports {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private Exports() {}

  static OpenTelemetrySdk to(URI collector, double ratio) {
    if (ratio < 0 || ratio > 1) {
      throw new IllegalStateException("cardvault.traces.ratio is from 0 to 1");
    }
    String address = collector.toString().replaceAll("/+$", "") + "/v1/traces";
    Sampler ours = Sampler.traceIdRatioBased(ratio);
    SdkTracerProvider tracers =
        SdkTracerProvider.builder()
            .setResource(
                Resource.create(Attributes.builder().put("service.name", "cardvault").build()))
            .setSampler(
                Sampler.parentBasedBuilder(new RequestsAlone(ours))
                    .setRemoteParentSampled(ours)
                    .setRemoteParentNotSampled(ours)
                    .build())
            .addSpanProcessor(
                BatchSpanProcessor.builder(
                        new KnownAttributes(
                            OtlpHttpSpanExporter.builder()
                                .setEndpoint(address)
                                .setTimeout(PATIENCE)
                                .build()))
                    .setScheduleDelay(EVERY)
                    .build())
            .build();
    return OpenTelemetrySdk.builder().setTracerProvider(tracers).build();
  }
}
