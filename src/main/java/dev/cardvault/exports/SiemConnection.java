package dev.cardvault.exports;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A TLS connection to the collector, whose certificate and name are checked. Blocks. */
final class SiemConnection implements AutoCloseable {

  private static final int CONNECT_MILLIS = 5000;
  private static final int LOOK_MILLIS = 1;
  private static final int BUFFER = 64 * 1024;

  private final SSLSocket socket;
  private final OutputStream out;

  private SiemConnection(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
  }

  /** Connects to where {@code config} says. */
  static SiemConnection open(SiemConfig config) throws IOException {
    String address = config.address().orElseThrow();
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon);
    int port = Integer.parseInt(address.substring(colon + 1));
    SSLSocket socket = (SSLSocket) context(config).getSocketFactory().createSocket();
    try {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      socket.setSoTimeout(CONNECT_MILLIS);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      socket.setSoTimeout(LOOK_MILLIS);
      return new SiemConnection(socket);
    } catch (IOException failed) {
      socket.close();
      throw failed;
    }
  }

  /** Sends {@code frame}, at the latest with the next {@link #flush}. */
  void send(byte[] frame) throws IOException {
    out.write(frame);
  }

  void flush() throws IOException {
    out.flush();
  }

  /** Passes while the other side has not closed the connection. */
  void requireOpen() throws IOException {
    InputStream in = socket.getInputStream();
    try {
      if (in.read() < 0) {
        throw new IOException("The collector has closed the connection");
      }
    } catch (SocketTimeoutException nothingSaid) {
      // As it should be: a collector of syslog never says anything.
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone already.
    }
  }

  private static SSLContext context(SiemConfig config) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity(config), trust(config), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("The TLS settings of cardvault.siem are of no use", e);
    }
  }

  private static TrustManager @Nullable [] trust(SiemConfig config)
      throws GeneralSecurityException, IOException {
    if (config.trust().isEmpty()) {
      return null;
    }
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    int number = 0;
    try (InputStream in = Files.newInputStream(config.trust().get())) {
      for (Certificate authority :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("authority-" + number++, authority);
      }
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    return managers.getTrustManagers();
  }

  private static KeyManager @Nullable [] identity(SiemConfig config)
      throws GeneralSecurityException, IOException {
    Path file = config.identity().orElse(null);
    if (file == null) {
      return null;
    }
    char[] password = config.identityPassword().orElse("").toCharArray();
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      own.load(in, password);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(own, password);
    return managers.getKeyManagers();
  }
}
