package dev.cardvault.api;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Reads every JSON body, as {@link JsonShape} says, and wipes it. */
@Provider
@Consumes({MediaType.APPLICATION_JSON, BodyRules.MERGE_PATCH})
final class JsonReader implements ServerMessageBodyReader<Object> {

  private final Map<Class<?>, JsonShape> shapes = new ConcurrentHashMap<>();

  @Override
  public boolean isReadable(
      Class<?> type, Type generic, ResteasyReactiveResourceInfo method, MediaType mediaType) {
    return true;
  }

  @Override
  public boolean isReadable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
    return true;
  }

  @Override
  public Object readFrom(
      Class<Object> type, Type generic, MediaType mediaType, ServerRequestContext context) {
    RoutingContext routing =
        ((ResteasyReactiveRequestContext) context).serverRequest().unwrap(RoutingContext.class);
    if (type.equals(KeysInput.class)) {
      try (RequestBody body = BodyFilter.of(routing)) {
        return KeysInput.read(body);
      }
    }
    JsonShape shape = shapes.computeIfAbsent(type, JsonShape::new);
    try (RequestBody body = BodyFilter.of(routing)) {
      return shape.read(body, redacted -> IdempotencyKey.note(routing, redacted));
    }
  }

  @Override
  public Object readFrom(
      Class<Object> type,
      Type generic,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream stream) {
    throw new UnsupportedOperationException("Bodies are collected by BodyFilter");
  }
}
