package dev.cardvault.vault;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.access.Caller;
import dev.cardvault.access.Purpose;
import dev.cardvault.access.Reference;
import dev.cardvault.access.RevealLevel;
import dev.cardvault.audit.LogState;
import dev.cardvault.card.CardBrand;
import dev.cardvault.card.CardExpiry;
import dev.cardvault.card.HolderName;
import dev.cardvault.card.RevealsPan;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.testing.Backing;
import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.FaultCase;
import dev.cardvault.token.TokenFormat;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Backing.class)
class VaultTest {

  private static final String VISA = "4111111111111111";
  private static final String OTHER_VISA = "4012888888881881";
  private static final Reference ORDER = new Reference(Reference.Type.ORDER, "A-1");

  @Inject Tokenizer tokenizer;
  @Inject Detokenizer detokenizer;
  @Inject CardCatalog catalog;
  @Inject CardLife life;
  @Inject VaultFixture fixture;
  @Inject LogState log;

  private Caller caller;

  @BeforeEach
  void newTenant() {
    caller = fixture.newTenant();
  }

  @Test
  void givesTheCardBackThatItTook() {
    Tokenized given =
        join(
            tokenizer.tokenize(
                caller,
                Cards.request(VISA)
                    .expiry(new CardExpiry(12, 2040))
                    .holder(new HolderName("Ada Example"))
                    .build(),
                null));

    assertFalse(given.deduplicated());
    assertEquals(CardBrand.VISA, given.token().card().brand());
    assertEquals("1111", given.token().card().lastFour());
    assertTrue(given.token().token().matches("0[0-9]{11}1111"));
    try (Revealed revealed = reveal(given.token().token(), RevealLevel.FULL)) {
      assertEquals(VISA, digits(revealed));
      assertEquals(new CardExpiry(12, 2040), revealed.expiry());
      assertEquals("Ada Example", requireNonNull(revealed.holder()).reveal());
      assertEquals(
          List.of("DETOKENIZE GRANTED charge A-1"),
          fixture.events(caller, revealed.auditEventId()));
    }
  }

  @Test
  void showsNoMoreThanTheLevelAskedFor() {
    String token = tokenize(VISA).token().token();

    for (RevealLevel level : List.of(RevealLevel.MASKED, RevealLevel.LAST4, RevealLevel.EXPIRY)) {
      try (Revealed revealed = reveal(token, level)) {
        assertNull(revealed.pan());
        assertNull(revealed.holder());
        assertEquals(
            List.of("DETOKENIZE MASKED charge A-1"),
            fixture.events(caller, revealed.auditEventId()));
      }
    }
  }

  @Test
  void givesAPanTheTokenItHasWhereTheProfileReuses() {
    Tokenized first = tokenize(VISA);
    Tokenized second = tokenize(VISA);

    assertTrue(second.deduplicated());
    assertEquals(first.token(), second.token());
  }

  @Test
  void givesAPanANewTokenEachTimeWhereTheProfileDoesNotReuse() {
    fixture.profile(caller, "fresh", TokenFormat.LAST4, false);

    Set<String> tokens =
        IntStream.range(0, 5)
            .mapToObj(i -> tokenize(VISA, "fresh").token().token())
            .collect(toSet());

    assertEquals(5, tokens.size());
    assertEquals(5, catalog.lookup(caller, Cards.pan(VISA)).size());
  }

  @Test
  void givesOnePanOneTokenHoweverManyAskAtOnce() {
    List<CompletableFuture<Tokenized>> asked =
        IntStream.range(0, 200)
            .mapToObj(i -> tokenizer.tokenize(caller, Cards.request(VISA).build(), null))
            .map(CompletionStage::toCompletableFuture)
            .toList();
    List<Tokenized> given = asked.stream().map(CompletableFuture::join).toList();

    assertEquals(1, given.stream().map(t -> t.token().token()).collect(toSet()).size());
    assertEquals(1, given.stream().filter(t -> !t.deduplicated()).count());
  }

  @Test
  void keepsTenantsApart() {
    String token = tokenize(VISA).token().token();
    Caller foreign = fixture.newTenant();

    assertEquals(
        ProblemCode.TOKEN_NOT_FOUND,
        problem(detokenizer.reveal(foreign, request(token, RevealLevel.FULL))).code());
    assertThrows(ProblemException.class, () -> catalog.find(foreign, token));
    assertNotEquals(
        token,
        join(tokenizer.tokenize(foreign, Cards.request(VISA).build(), null)).token().token());
  }

  @Test
  void roundTripsEveryFormat() {
    for (TokenFormat format : TokenFormat.values()) {
      String profile = format.code().replace('_', '-');
      fixture.profile(caller, profile, format, true);
      TokenView token = tokenize(OTHER_VISA, profile).token();

      try (Revealed revealed = reveal(token.token(), RevealLevel.FULL)) {
        assertEquals(OTHER_VISA, digits(revealed), format.code());
      }
      assertEquals(token.token(), tokenize(OTHER_VISA, profile).token().token());
      assertEquals(
          format.binDigits() == 0 ? null : OTHER_VISA.substring(0, format.binDigits()),
          token.bin());
    }
  }

  @Test
  void answersARepeatedRequestAsTheFirst() {
    Idempotency key = new Idempotency("key-1", new byte[] {1});
    fixture.profile(caller, "fresh", TokenFormat.LAST4, false);

    Tokenized first = join(tokenizer.tokenize(caller, fresh(VISA), key));
    Tokenized repeat = join(tokenizer.tokenize(caller, fresh(VISA), key));

    assertEquals(first.token(), repeat.token());
    assertFalse(repeat.deduplicated());
    assertEquals(1, catalog.lookup(caller, Cards.pan(VISA)).size());
  }

  @Test
  void refusesAnIdempotencyKeyForAnotherCardOrBody() {
    join(tokenizer.tokenize(caller, Cards.request(VISA).build(), key("key-1", 1)));

    assertEquals(
        ProblemCode.IDEMPOTENCY_MISMATCH,
        problem(tokenizer.tokenize(caller, Cards.request(OTHER_VISA).build(), key("key-1", 1)))
            .code());
    assertEquals(
        ProblemCode.IDEMPOTENCY_MISMATCH,
        problem(tokenizer.tokenize(caller, Cards.request(VISA).build(), key("key-1", 2))).code());
    assertTrue(catalog.lookup(caller, Cards.pan(OTHER_VISA)).isEmpty());
  }

  @Test
  void doesTheWorkOnceForTwinsWithOneIdempotencyKey() {
    fixture.profile(caller, "fresh", TokenFormat.LAST4, false);
    List<CompletableFuture<Tokenized>> twins =
        IntStream.range(0, 50)
            .mapToObj(i -> tokenizer.tokenize(caller, fresh(VISA), key("twins", 1)))
            .map(CompletionStage::toCompletableFuture)
            .toList();

    assertEquals(1, twins.stream().map(t -> t.join().token().token()).collect(toSet()).size());
    assertEquals(1, catalog.lookup(caller, Cards.pan(VISA)).size());
  }

  @Test
  void opensALimitedTokenAsOftenAsAllowedAndNoMore() {
    String token =
        join(tokenizer.tokenize(caller, Cards.request(VISA).maxUses(30).build(), null))
            .token()
            .token();

    List<CompletableFuture<Revealed>> asked =
        IntStream.range(0, 60)
            .mapToObj(i -> detokenizer.reveal(caller, request(token, RevealLevel.FULL)))
            .map(CompletionStage::toCompletableFuture)
            .toList();
    List<Integer> left = new ArrayList<>();
    int refused = 0;
    for (CompletableFuture<Revealed> one : asked) {
      try (Revealed revealed = one.join()) {
        left.add(revealed.usesLeft());
      } catch (CompletionException e) {
        assertEquals(ProblemCode.TOKEN_EXPIRED, ProblemException.from(e).code());
        refused++;
      }
    }

    assertEquals(IntStream.range(0, 30).boxed().toList(), left.stream().sorted().toList());
    assertEquals(30, refused);
    TokenView view = catalog.find(caller, token);
    assertEquals(30, view.uses());
    assertEquals(TokenStatus.EXPIRED, view.status());
  }

  @Test
  void givesAPanANewTokenWhenItsOldOneHasExpired() {
    Tokenized old = join(tokenizer.tokenize(caller, Cards.request(VISA).maxUses(1).build(), null));
    reveal(old.token().token(), RevealLevel.FULL).close();

    Tokenized next = tokenize(VISA);

    assertFalse(next.deduplicated());
    assertNotEquals(old.token().token(), next.token().token());
  }

  @Test
  void opensNothingThatIsSuspendedOrErased() {
    String token = tokenize(VISA).token().token();

    life.suspend(caller, token, "stolen");
    assertEquals(ProblemCode.TOKEN_SUSPENDED, revealProblem(token));
    assertEquals(TokenStatus.ACTIVE, life.resume(caller, token, "found").status());
    reveal(token, RevealLevel.FULL).close();

    life.erase(caller, token);
    life.erase(caller, token);
    assertEquals(ProblemCode.TOKEN_ERASED, revealProblem(token));
    assertEquals(TokenStatus.ERASED, catalog.find(caller, token).status());
    assertNull(fixture.sealed(caller, token));
    assertTrue(catalog.lookup(caller, Cards.pan(VISA)).isEmpty());
    assertEquals(
        ProblemCode.TOKEN_ERASED,
        assertThrows(ProblemException.class, () -> life.suspend(caller, token, "late")).code());
  }

  @Test
  void opensNoCardThatWasMovedToAnotherRow() {
    String one = tokenize(VISA).token().token();
    String other = tokenize(OTHER_VISA).token().token();

    fixture.swapSealed(caller, one, other);

    for (String token : List.of(one, other)) {
      assertEquals(ProblemCode.INTEGRITY_FAILURE, revealProblem(token));
    }
    assertEquals(2, fixture.count(caller, "INTEGRITY_FAILURE"));
  }

  @Test
  void refusesWhatThePolicyDeniesAndWritesItDown() {
    String token = tokenize(VISA).token().token();
    Caller narrow = fixture.withLevels(caller, Set.of(RevealLevel.MASKED));

    assertEquals(
        ProblemCode.REVEAL_LEVEL_DENIED,
        problem(detokenizer.reveal(narrow, request(token, RevealLevel.FULL))).code());
    assertEquals(1, fixture.count(caller, "DENIED"));
  }

  @Test
  void showsNoPanWhileEventsWaitTooLongForTheirPlace() {
    String token = tokenize(VISA).token().token();
    Duration soon = Duration.ofSeconds(10);
    // What watches the log looks each second and would find it well; whoever asks first is refused.
    Eventually.await(
        "refused, and on record",
        soon,
        () -> {
          log.note(Duration.ofMinutes(16), 1, true, null);
          return !isShown(token);
        });
    assertTrue(fixture.count(caller, "UNAVAILABLE") > 0);
    assertFalse(tokenize(OTHER_VISA).token().token().isEmpty(), "tokens are still made");
    Eventually.await("shown again", soon, () -> isShown(token));
  }

  private boolean isShown(String token) {
    try (Revealed revealed = reveal(token, RevealLevel.FULL)) {
      return true;
    } catch (CompletionException refused) {
      assertEquals(ProblemCode.AUDIT_UNAVAILABLE, ProblemException.from(refused).code());
      return false;
    }
  }

  @Test
  void showsAClientNoMorePansADayThanItsQuota() {
    String token = tokenize(VISA).token().token();
    reveal(token, RevealLevel.FULL).close();
    Caller limited = fixture.withQuota(caller, 3);

    // What the log tells of the day counts too.
    for (int i = 0; i < 2; i++) {
      join(detokenizer.reveal(limited, request(token, RevealLevel.FULL))).close();
    }
    assertEquals(
        ProblemCode.REVEAL_QUOTA_EXCEEDED,
        problem(detokenizer.reveal(limited, request(token, RevealLevel.FULL))).code());
    join(detokenizer.reveal(limited, request(token, RevealLevel.MASKED))).close();
  }

  @Test
  void issuesABulkCallWholeOrNotAtAll() {
    List<ItemResult<TokenizeRequest>> items =
        List.of(
            new ItemResult.Done<>(Cards.request(VISA).build()),
            new ItemResult.Failed<>(ProblemException.of(ProblemCode.LUHN_FAILED)),
            new ItemResult.Done<>(Cards.request(OTHER_VISA).build()));

    assertEquals(
        ProblemCode.LUHN_FAILED,
        problem(tokenizer.tokenizeAll(caller, BatchMode.ATOMIC, items, null)).code());
    assertTrue(catalog.lookup(caller, Cards.pan(VISA)).isEmpty());
  }

  @Test
  void issuesWhatItCanOfABulkCallInParts() {
    List<ItemResult<TokenizeRequest>> items =
        List.of(
            new ItemResult.Done<>(Cards.request(VISA).build()),
            new ItemResult.Failed<>(ProblemException.of(ProblemCode.LUHN_FAILED)),
            new ItemResult.Done<>(Cards.request(VISA).build()));

    List<ItemResult<Tokenized>> results =
        join(tokenizer.tokenizeAll(caller, BatchMode.PARTIAL, items, key("bulk", 1)));

    List<String> told =
        results.stream()
            .map(r -> r.match(t -> "token " + t.deduplicated(), p -> p.code().code()))
            .toList();
    assertEquals(List.of("token false", "luhn-failed", "token true"), told);
    assertEquals(1, catalog.lookup(caller, Cards.pan(VISA)).size());
  }

  @Test
  void showsABulkCallWholeOrNotAtAll() {
    String one = tokenize(VISA).token().token();
    String limited =
        join(tokenizer.tokenize(caller, Cards.request(OTHER_VISA).maxUses(1).build(), null))
            .token()
            .token();

    List<ItemResult<Revealed>> refused =
        join(
            detokenizer.revealAll(
                caller, BatchMode.ATOMIC, requests(one, limited, "0000000000000000")));
    assertEquals(
        List.of("state-conflict", "state-conflict", "token-not-found"),
        refused.stream().map(r -> r.match(v -> "shown", p -> p.code().code())).toList());

    List<ItemResult<Revealed>> shown =
        join(detokenizer.revealAll(caller, BatchMode.ATOMIC, requests(one, limited)));
    assertEquals(
        List.of(VISA, OTHER_VISA),
        shown.stream().map(r -> r.match(VaultTest::digits, p -> p.code().code())).toList());
  }

  @Test
  @FaultCase(16)
  void drawsAgainUntilAProfileIsExhausted() {
    fixture.profile(caller, "narrow", TokenFormat.BIN8_LAST4, false);
    int space = TokenFormat.BIN8_LAST4.space(16).intValueExact();
    int third = space / 3;
    int given = 0;
    int early = 0;
    int late = 0;
    // Until a third is taken, nine draws miss for 0.015 cards (the space times the integral of
    // x^9), and for three in one run of 1.7 million; two draws would miss for a hundred.
    while (early < 3 && late == 0 && given <= space) {
      for (ItemResult<Tokenized> result : bulk("narrow")) {
        boolean done = result.match(t -> true, p -> false);
        given += done ? 1 : 0;
        early += !done && given <= third ? 1 : 0;
        late += !done && given > third ? 1 : 0;
      }
    }

    assertTrue(early < 3 && given > third, given + " of " + space);
    assertEquals(given, fixture.tokens(caller));
    assertEquals(given, fixture.indexed(caller));
  }

  private List<ItemResult<Tokenized>> bulk(String profile) {
    List<ItemResult<TokenizeRequest>> items =
        Stream.generate(() -> Cards.request(VISA).profile(profile).build())
            .limit(500)
            .<ItemResult<TokenizeRequest>>map(ItemResult.Done::new)
            .toList();
    return join(tokenizer.tokenizeAll(caller, BatchMode.PARTIAL, items, null));
  }

  @Test
  void listsTokensPageByPageNewestFirst() {
    fixture.profile(caller, "fresh", TokenFormat.LAST4, false);
    List<String> made =
        IntStream.range(0, 7).mapToObj(i -> tokenize(VISA, "fresh").token().token()).toList();
    TokenFilter all =
        new TokenFilter("1111", CardBrand.VISA, TokenStatus.ACTIVE, null, "fresh", null, null);

    List<String> listed = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      Page<TokenView> page = catalog.list(caller, all, cursor, 3);
      page.data().forEach(token -> listed.add(token.token()));
      cursor = page.nextCursor();
    } while (cursor != null);

    assertEquals(Set.copyOf(made), Set.copyOf(listed));
    assertEquals(7, listed.size());
    assertTrue(
        catalog
            .list(caller, new TokenFilter("2222", null, null, null, null, null, null), null, 3)
            .data()
            .isEmpty());
  }

  @Test
  void refusesACursorThatIsNotItsOwn() {
    TokenFilter all = new TokenFilter(null, null, null, null, null, null, null);
    for (String cursor : List.of("", "x", "AAAA", "4111111111111111", "%%%")) {
      assertEquals(
          ProblemCode.INVALID_CURSOR,
          assertThrows(ProblemException.class, () -> catalog.list(caller, all, cursor, 3)).code());
    }
  }

  @Test
  void changesExpiryAndMergesMetadata() {
    String token =
        join(tokenizer.tokenize(
                caller, Cards.request(VISA).metadata(Map.of("a", "1", "b", "2")).build(), null))
            .token()
            .token();
    Map<String, @Nullable String> patch = new java.util.HashMap<>();
    patch.put("a", null);
    patch.put("c", "3");
    Instant end = Instant.parse("2099-01-01T00:00:00Z");

    TokenView changed =
        life.change(caller, token, new TokenChange(true, end, new CardExpiry(1, 2041), patch));

    assertEquals(Map.of("b", "2", "c", "3"), changed.metadata());
    assertEquals(end, changed.expiresAt());
    assertEquals(new CardExpiry(1, 2041), changed.expiry());
    TokenView kept = life.change(caller, token, new TokenChange(false, null, null, null));
    assertEquals(changed, kept);
  }

  private Tokenized tokenize(String pan) {
    return join(tokenizer.tokenize(caller, Cards.request(pan).build(), null));
  }

  private Tokenized tokenize(String pan, String profile) {
    return join(tokenizer.tokenize(caller, Cards.request(pan).profile(profile).build(), null));
  }

  private static TokenizeRequest fresh(String pan) {
    return Cards.request(pan).profile("fresh").build();
  }

  private static Idempotency key(String key, int body) {
    return new Idempotency(key, new byte[] {(byte) body});
  }

  private Revealed reveal(String token, RevealLevel level) {
    return join(detokenizer.reveal(caller, request(token, level)));
  }

  private ProblemCode revealProblem(String token) {
    return problem(detokenizer.reveal(caller, request(token, RevealLevel.FULL))).code();
  }

  private static RevealRequest request(String token, RevealLevel level) {
    return new RevealRequest(token, level, Purpose.CHARGE, ORDER);
  }

  private static List<RevealRequest> requests(String... tokens) {
    return Stream.of(tokens).map(token -> request(token, RevealLevel.FULL)).toList();
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static ProblemException problem(CompletionStage<?> stage) {
    return ProblemException.from(
        assertThrows(CompletionException.class, () -> stage.toCompletableFuture().join()));
  }

  @RevealsPan("compares what came back with what went in")
  private static String digits(Revealed revealed) {
    assertTrue(revealed.pan() != null);
    return new String(revealed.pan().reveal(), StandardCharsets.US_ASCII);
  }
}
