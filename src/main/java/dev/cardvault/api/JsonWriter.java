package dev.cardvault.api;

import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Writes every JSON answer, in the dialect of {@link Json}. */
@Provider
@Produces(MediaType.APPLICATION_JSON)
final class JsonWriter extends ServerMessageBodyWriter.AllWriteableMessageBodyWriter {

  @Override
  public void writeResponse(Object answer, Type generic, ServerRequestContext context)
      throws IOException {
    context.serverResponse().end(Json.MAPPER.writeValueAsBytes(answer));
  }

  @Override
  public void writeTo(
      Object answer,
      Class<?> type,
      Type generic,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> headers,
      OutputStream stream)
      throws IOException {
    stream.write(Json.MAPPER.writeValueAsBytes(answer));
  }
}
