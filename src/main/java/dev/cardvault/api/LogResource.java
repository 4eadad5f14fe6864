package dev.cardvault.api;

import dev.cardvault.access.Scope;
import dev.cardvault.ledger.NoteKey;
import dev.cardvault.ledger.TilePath;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.sequencer.LogReader;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.stream.Collectors;

/**
 * The proven log, as C2SP tlog-tiles asks for it. Hashes and signatures are for everybody: they
 * tell how long the log is and nothing else. Entries are for whoever may read the audit log, and
 * show the caller's own tenant alone.
 */
@Path("/audit-log")
@Blocking
final class LogResource {

  /** What notes and proofs are. */
  static final String TEXT = "text/plain; charset=utf-8";

  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  private static final String A_SECOND = "public, max-age=1";
  private static final String ENTRIES = "entries/";

  private final LogReader log;
  private final CurrentCaller caller;

  LogResource(LogReader log, CurrentCaller caller) {
    this.log = log;
    this.caller = caller;
  }

  /** The newest signed checkpoint. */
  @GET
  @Path("/checkpoint")
  @Public("Who checks the log must get at its signed size and root without our leave")
  public Response checkpoint() {
    return answer(log.checkpoint().orElseThrow(LogResource::notFound).toString(), TEXT, A_SECOND);
  }

  /** The public keys that check its signatures, one a line. */
  @GET
  @Path("/key")
  @Public("Public keys are public; whoever needs to be sure gets them from the operator as well")
  public Response keys() {
    String lines =
        log.keys().stream().map(NoteKey::text).collect(Collectors.joining("\n", "", "\n"));
    return answer(lines, TEXT, A_SECOND);
  }

  /** A tile of hashes. */
  @GET
  @Path("/tile/{path: [0-7]/.+}")
  @Public("Hashes of salted commitments tell nothing but how many events there are")
  public Response tile(@PathParam("path") String path) {
    TilePath tile = TilePath.parse(path).orElseThrow(LogResource::notFound);
    byte[] hashes = log.tile(tile).orElseThrow(LogResource::notFound).bytes();
    return answer(hashes, MediaType.APPLICATION_OCTET_STREAM, FOR_EVER);
  }

  /** A bundle of entries, those of other tenants left empty. */
  @GET
  @Path("/tile/entries/{path: .+}")
  @Needs(Scope.AUDIT_READ)
  public Response entries(@PathParam("path") String path) {
    TilePath bundle = TilePath.parse(ENTRIES + path).orElseThrow(LogResource::notFound);
    byte[] entries = log.entries(caller.get(), bundle).orElseThrow(LogResource::notFound);
    return answer(entries, MediaType.APPLICATION_OCTET_STREAM, "no-store");
  }

  private static Response answer(Object body, String type, String caching) {
    return Response.ok(body, type).header(HttpHeaders.CACHE_CONTROL, caching).build();
  }

  private static ProblemException notFound() {
    return ProblemException.of(ProblemCode.NOT_FOUND);
  }
}
