package dev.cardvault.api;

import dev.cardvault.exports.Exports;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.file.Files;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Hands a file to the network as it lies there, whatever its size. Named for JSON, as all answers
 * are, or the writer of those would tell where the file lies.
 */
@Provider
@Produces(MediaType.APPLICATION_JSON)
final class DownloadWriter implements ServerMessageBodyWriter<Exports.Download> {

  @Override
  public boolean isWriteable(
      Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType mediaType) {
    return type == Exports.Download.class;
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
    return type == Exports.Download.class;
  }

  @Override
  public void writeResponse(Exports.Download file, Type generic, ServerRequestContext context) {
    ((ResteasyReactiveRequestContext) context)
        .serverRequest()
        .unwrap(HttpServerResponse.class)
        .sendFile(file.path().toString());
  }

  @Override
  public void writeTo(
      Exports.Download file,
      Class<?> type,
      Type generic,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> headers,
      OutputStream stream)
      throws IOException {
    Files.copy(file.path(), stream);
  }
}
