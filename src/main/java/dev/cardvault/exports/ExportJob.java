package dev.cardvault.exports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cardvault.audit.AuditFeed;
import dev.cardvault.audit.AuditRecord;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.jobs.Job;
import dev.cardvault.jobs.JobType;
import dev.cardvault.ledger.TreeHash;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a part of the log into a file: a page of events in memory, never more. The file gets its
 * name once it is whole.
 */
@ApplicationScoped
class ExportJob implements JobType {

  /** What such jobs are called. */
  static final String NAME = "export";

  private static final int PAGE = 2000;
  private static final JsonMapper JSON = new JsonMapper();

  private final TenantDatabase database;
  private final AuditFeed feed;
  private final ProvenExport proven;
  private final ExportFiles files;

  ExportJob(TenantDatabase database, AuditFeed feed, ProvenExport proven, ExportFiles files) {
    this.database = database;
    this.feed = feed;
    this.proven = proven;
    this.files = files;
  }

  @Override
  public String name() {
    return NAME;
  }

  static String parameters(ExportWish wish) {
    return JSON.createObjectNode()
        .put("from", wish.from().toString())
        .put("to", wish.to().toString())
        .put("format", wish.format().code())
        .put("proofs", wish.proofs())
        .toString();
  }

  static ExportWish wish(Job job) {
    try {
      JsonNode read = JSON.readTree(job.parameters());
      return new ExportWish(
          Instant.parse(read.path("from").asText()),
          Instant.parse(read.path("to").asText()),
          ExportFormat.ofCode(read.path("format").asText()).orElseThrow(),
          read.path("proofs").asBoolean());
    } catch (JsonProcessingException e) {
      throw ProblemException.of(ProblemCode.INTERNAL, e);
    }
  }

  @Override
  public String run(Job job, Progress progress) {
    ExportWish wish = wish(job);
    Path whole = files.of(job.id(), wish.format());
    Path partial = whole.resolveSibling(whole.getFileName() + "." + job.attempt() + ".part");
    MessageDigest sha256 = TreeHash.sha256();
    try {
      Files.createDirectories(whole.getParent());
      long rows;
      try (var out =
          new BufferedWriter(
              new OutputStreamWriter(
                  new DigestOutputStream(Files.newOutputStream(partial), sha256),
                  StandardCharsets.UTF_8))) {
        rows =
            wish.proofs()
                ? proven.write(job, wish, out, progress)
                : write(job, wish, out, progress);
      }
      Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE);
      return JSON.createObjectNode()
          .put("rows", rows)
          .put("bytes", Files.size(whole))
          .put("sha256", HexFormat.of().formatHex(sha256.digest()))
          .toString();
    } catch (IOException e) {
      throw ProblemException.of(ProblemCode.INTERNAL, e);
    } finally {
      delete(partial);
    }
  }

  private long write(Job job, ExportWish wish, BufferedWriter out, Progress progress)
      throws IOException {
    EventLines lines = wish.format().lines();
    out.write(lines.head());
    long rows = 0;
    @Nullable AuditRecord last = null;
    List<AuditRecord> page;
    do {
      AuditRecord after = last;
      page =
          database.inTransaction(
              job.tenant(),
              connection -> feed.range(connection, wish.from(), wish.to(), after, PAGE));
      for (AuditRecord event : page) {
        out.write(lines.line(job.tenant(), event));
        last = event;
      }
      rows += page.size();
      progress.at(rows);
    } while (page.size() == PAGE);
    return rows;
  }

  private static void delete(Path partial) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      // ExportFiles deletes it when it is old.
    }
  }
}
