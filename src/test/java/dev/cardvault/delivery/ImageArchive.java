package dev.cardvault.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An image as {@code docker load} takes it.
 *
 * @param tag what it is called
 * @param config what it runs and as whom
 * @param layers their entries, the lowest layer first
 * @param contents the layers' bytes, unpacked by the caller
 */
record ImageArchive(String tag, JsonNode config, List<List<Entry>> layers, List<byte[]> contents) {

  static final ImageArchive EMPTY =
      new ImageArchive("", new ObjectMapper().createObjectNode(), List.of(), List.of());

  /**
   * One file or folder of a layer.
   *
   * @param name without a leading or trailing slash
   * @param mode its permissions
   */
  record Entry(String name, int mode, Instant changed) {}

  static ImageArchive read(Path tar) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (TarArchiveInputStream archive = new TarArchiveInputStream(Files.newInputStream(tar))) {
      for (TarArchiveEntry e = archive.getNextEntry(); e != null; e = archive.getNextEntry()) {
        files.put(e.getName(), archive.readAllBytes());
      }
    }
    ObjectMapper json = new ObjectMapper();
    JsonNode manifest = json.readTree(files.get("manifest.json")).path(0);
    List<List<Entry>> layers = new ArrayList<>();
    List<byte[]> contents = new ArrayList<>();
    for (JsonNode layer : manifest.path("Layers")) {
      byte[] content = files.getOrDefault(layer.asText(), new byte[0]);
      contents.add(content);
      layers.add(entries(content));
    }
    return new ImageArchive(
        manifest.at("/RepoTags/0").asText(),
        json.readTree(files.get(manifest.path("Config").asText())),
        layers,
        contents);
  }

  /** Of all layers. */
  List<Entry> entries() {
    return layers.stream().flatMap(List::stream).toList();
  }

  /** Writes the files where a container would have its root. */
  void unpackInto(Path root) throws IOException {
    for (byte[] content : contents) {
      try (TarArchiveInputStream layer = open(content)) {
        for (TarArchiveEntry e = layer.getNextEntry(); e != null; e = layer.getNextEntry()) {
          Path target = root.resolve(e.getName()).normalize();
          if (e.isDirectory()) {
            Files.createDirectories(target);
          } else {
            Files.createDirectories(target.getParent());
            Files.copy(layer, target);
          }
        }
      }
    }
  }

  /** The names of a jar's entries. */
  static Stream<String> namesIn(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream().map(ZipEntry::getName).toList().stream();
    }
  }

  private static List<Entry> entries(byte[] content) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (TarArchiveInputStream layer = open(content)) {
      for (TarArchiveEntry e = layer.getNextEntry(); e != null; e = layer.getNextEntry()) {
        entries.add(
            new Entry(
                e.getName().replaceAll("^/|/$", ""),
                e.getMode() & 07777,
                e.getLastModifiedTime().toInstant()));
      }
    }
    return entries;
  }

  private static TarArchiveInputStream open(byte[] layer) throws IOException {
    boolean zipped = layer.length > 1 && layer[0] == 0x1f && (layer[1] & 0xff) == 0x8b;
    InputStream bytes = new ByteArrayInputStream(layer);
    return new TarArchiveInputStream(zipped ? new GZIPInputStream(bytes) : bytes);
  }
}
