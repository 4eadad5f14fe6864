package dev.cardvault.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NoteTest {

  // The example of Go's golang.org/x/mod/sumdb/note.
  private static final String GO_KEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  private static final String GO_NOTE =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.

      — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
      """;

  private final TestSigner log = new TestSigner("log.example/audit", NoteKey.Kind.LOG);
  private final TestSigner witness = new TestSigner("witness.example/w1", NoteKey.Kind.WITNESS);
  private final Checkpoint checkpoint =
      new Checkpoint("log.example/audit", 3, new TreeHash().empty());

  @Test
  void readsTheExampleOfAnotherImplementation() {
    NoteKey key = NoteKey.parse(GO_KEY);
    assertEquals(GO_KEY, key.text());
    Note note = Note.parse(GO_NOTE);
    assertEquals(GO_NOTE, note.toString());
    assertEquals(List.of(key), note.signers(List.of(key)));
  }

  @Test
  void signsACheckpointThatReadsAsItWasWritten() {
    Note note = Note.parse(log.sign(checkpoint).toString());
    assertEquals(checkpoint, Checkpoint.of(note));
    assertTrue(Checkpoint.isSigned(note, List.of(log.key())));
  }

  @Test
  void passesOverStrangersAndRefusesForgeries() {
    Note note = log.sign(checkpoint);
    NoteKey stranger = new TestSigner("log.example/audit", NoteKey.Kind.LOG).key();
    assertFalse(Checkpoint.isSigned(note, List.of(stranger)));
    Note forged = new Note(note.text().replace("\n3\n", "\n4\n"), note.signatures());
    assertThrows(
        IllegalArgumentException.class, () -> Checkpoint.isSigned(forged, List.of(log.key())));
  }

  @Test
  void takesAWitnessForNoLog() {
    Note note =
        new Note(
            checkpoint.text(),
            List.of(
                new TestSigner(checkpoint.origin(), NoteKey.Kind.WITNESS)
                    .cosign(checkpoint, 1_700_000_000)));
    assertThrows(
        IllegalArgumentException.class,
        () -> Note.parse(note.toString().replace("— log", "- log")));
    assertFalse(Checkpoint.isSigned(note, List.of(log.key())));
  }

  @Test
  void bindsAWitnessToTheTimeItTold() {
    NoteSignature signature = witness.cosign(checkpoint, 1_700_000_000);
    Note note = log.sign(checkpoint).with(List.of(signature));
    assertEquals(List.of(witness.key()), note.signers(List.of(witness.key())));
    byte[] later = Arrays.copyOf(signature.bytes(), signature.bytes().length);
    later[7]++;
    Note changed = log.sign(checkpoint).with(List.of(NoteSignature.of(witness.key(), later)));
    assertThrows(IllegalArgumentException.class, () -> changed.signers(List.of(witness.key())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no-id",
        "name+12345678",
        "name+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+AxpC",
        "a b+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
      })
  void takesNoOtherTextForAKey(String text) {
    assertThrows(IllegalArgumentException.class, () -> NoteKey.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "log\n3\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "log\n03\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "log\n-3\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "log\n3\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF==\n",
        "log\n3\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n",
        "log\n3\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n",
        "log\n3\n",
        "\n3\nx\n"
      })
  void takesNoOtherTextForACheckpoint(String text) {
    assertThrows(
        IllegalArgumentException.class,
        () -> Checkpoint.of(new Note(text, log.sign(checkpoint).signatures())));
  }

  @Test
  void writesAProofThatReadsAsItWasWritten() {
    List<Hash> leaves = Leaves.hashes(300);
    byte[] leaf = "leaf 7".getBytes(StandardCharsets.UTF_8);
    Tree<RuntimeException> tree = new Tree<>(300, Leaves.of(leaves));
    Note note = log.sign(new Checkpoint("log.example/audit", 300, tree.root()));
    TlogProof proof = TlogProof.parse(new TlogProof(leaf, 7, tree.inclusion(7), note).toString());
    assertTrue(proof.holds());
    assertFalse(new TlogProof(leaf, 8, proof.path(), note).holds());
    String text = proof.toString();
    for (String other :
        List.of(text.replace("v1", "v2"), text.replace("index 7", "index 07"), text.substring(9))) {
      assertThrows(IllegalArgumentException.class, () -> TlogProof.parse(other));
    }
  }
}
