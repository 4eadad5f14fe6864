package dev.cardvault.api;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Hands an answer's own array to the network, and wipes it once it is sent or could not be. */
@Provider
@Produces(MediaType.APPLICATION_JSON)
final class SecretWriter implements ServerMessageBodyWriter<SecretAnswer> {

  @Override
  public boolean isWriteable(
      Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType mediaType) {
    return type == SecretAnswer.class;
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
    return type == SecretAnswer.class;
  }

  @Override
  public void writeResponse(SecretAnswer answer, Type generic, ServerRequestContext context) {
    ((ResteasyReactiveRequestContext) context)
        .serverRequest()
        .unwrap(HttpServerResponse.class)
        .end(Buffer.buffer(Unpooled.wrappedBuffer(answer.bytes())))
        .onComplete(sent -> answer.close());
  }

  @Override
  public void writeTo(
      SecretAnswer answer,
      Class<?> type,
      Type generic,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> headers,
      OutputStream stream)
      throws IOException {
    try (answer) {
      stream.write(answer.bytes());
    }
  }
}
