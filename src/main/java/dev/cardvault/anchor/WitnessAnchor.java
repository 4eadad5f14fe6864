package dev.cardvault.anchor;

import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.ledger.Hash;
import dev.cardvault.ledger.Note;
import dev.cardvault.ledger.NoteKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Anybody's witness (C2SP tlog-witness): it signs what continues all that it has signed before. */
final class WitnessAnchor implements Anchor {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;

  private final URI address;
  private final NoteKey key;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private long remembered;

  WitnessAnchor(String url, NoteKey key) {
    this.address = URI.create(url.replaceAll("/+$", "") + "/add-checkpoint");
    this.key = key;
  }

  @Override
  public String name() {
    return "witness";
  }

  @Override
  public Note keep(Note checkpoint, History history) throws IOException, ContradictionException {
    Checkpoint now = Checkpoint.of(checkpoint);
    HttpResponse<String> answer = ask(checkpoint, history);
    if (answer.statusCode() == CONFLICT && answer.body().matches("(0|[1-9][0-9]{0,18})\n")) {
      remembered = Long.parseLong(answer.body().strip());
      if (remembered > now.size()) {
        throw new ContradictionException("the witness has signed a log of more leaves");
      }
      answer = ask(checkpoint, history);
    }
    if (answer.statusCode() == UNPROCESSABLE || answer.statusCode() == CONFLICT) {
      throw new ContradictionException("the witness has signed another log");
    }
    if (answer.statusCode() != OK) {
      throw new IOException("The witness answered " + answer.statusCode());
    }
    Note cosigned = cosigned(checkpoint, answer.body());
    remembered = now.size();
    return cosigned;
  }

  private HttpResponse<String> ask(Note checkpoint, History history) throws IOException {
    List<Hash> proof =
        remembered > Checkpoint.of(checkpoint).size() ? List.of() : history.since(remembered);
    String body =
        "old %d\n%s\n%s"
            .formatted(
                remembered,
                proof.stream().map(hash -> hash.base64() + "\n").collect(Collectors.joining()),
                checkpoint);
    try {
      return http.send(
          HttpRequest.newBuilder(address)
              .timeout(PATIENCE)
              .POST(BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }

  private Note cosigned(Note checkpoint, String lines) throws IOException {
    try {
      Note answered = Note.parse(checkpoint.text() + "\n" + lines);
      if (answered.signers(List.of(key)).isEmpty()) {
        throw new IOException("The witness signed with a key that is not the one set");
      }
      return checkpoint.with(
          answered.signatures().stream()
              .filter(line -> line.name().equals(key.name()) && line.id() == key.id())
              .toList());
    } catch (IllegalArgumentException broken) {
      throw new IOException("The witness did not answer with its signature", broken);
    }
  }

  @Override
  public Optional<Checkpoint> newest(String origin) {
    return Optional.empty();
  }
}
