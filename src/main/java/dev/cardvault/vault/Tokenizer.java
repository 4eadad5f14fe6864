package dev.cardvault.vault;

import dev.cardvault.access.Caller;
import dev.cardvault.access.TenantId;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.batch.Coalescer;
import dev.cardvault.card.HolderName;
import dev.cardvault.card.Pan;
import dev.cardvault.database.GroupTransactions;
import dev.cardvault.database.Ids;
import dev.cardvault.keys.Binding;
import dev.cardvault.keys.Ff1Key;
import dev.cardvault.keys.Ff1Keys;
import dev.cardvault.keys.FingerprintKey;
import dev.cardvault.keys.Fingerprinter;
import dev.cardvault.keys.Sealer;
import dev.cardvault.keys.SealingKey;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.token.Ff1Cipher;
import dev.cardvault.token.Ff1Tokens;
import dev.cardvault.token.Token;
import dev.cardvault.token.TokenFormat;
import dev.cardvault.token.TokenMint;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives tokens for cards. Every road to a token leads through here: single calls, bulk calls and
 * captures.
 */
@ApplicationScoped
public class Tokenizer {

  private final ProfileStore profiles;
  private final Fingerprinter fingerprinter;
  private final Sealer sealer;
  private final Ff1Keys ff1Keys;
  private final TokenMint mint;
  private final Ids ids;
  private final Coalescer<TenantId, NewToken, ItemResult<Tokenized>> singles;
  private final Coalescer<TenantId, BulkIssue.Bulk, List<ItemResult<Tokenized>>> bulks;

  /** Starts its two writers. */
  public Tokenizer(
      ProfileStore profiles,
      Fingerprinter fingerprinter,
      Sealer sealer,
      Ff1Keys ff1Keys,
      TokenMint mint,
      Ids ids,
      AuditLog audit,
      GroupTransactions transactions) {
    this.profiles = profiles;
    this.fingerprinter = fingerprinter;
    this.sealer = sealer;
    this.ff1Keys = ff1Keys;
    this.mint = mint;
    this.ids = ids;
    TokenIssue issue = new TokenIssue(audit);
    this.singles = transactions.start("token-writer", new SingleIssue(issue));
    this.bulks = transactions.startSingly("bulk-token-writer", new BulkIssue(issue));
  }

  /**
   * A token for the card of {@code request}, whose PAN is wiped on every path. Fails with a {@link
   * ProblemException}.
   */
  public CompletionStage<Tokenized> tokenize(
      Caller caller, TokenizeRequest request, @Nullable Idempotency idempotency) {
    return tokenize(caller, request, idempotency, Duration.ZERO);
  }

  /**
   * The same; while another request has the idempotency key, it is waited for.
   *
   * @param patience how long the last attempt may wait to begin
   */
  public CompletionStage<Tokenized> tokenize(
      Caller caller,
      TokenizeRequest request,
      @Nullable Idempotency idempotency,
      Duration patience) {
    long last = System.nanoTime() + patience.toNanos();
    return prepare(caller, request, idempotency)
        .thenCompose(row -> issue(caller.tenant(), row, last))
        .thenApply(
            result ->
                result.match(
                    done -> done,
                    failed -> {
                      throw failed;
                    }));
  }

  // Each attempt waits in the database, for as long as that lets it wait for a lock.
  private CompletionStage<ItemResult<Tokenized>> issue(TenantId tenant, NewToken row, long last) {
    return singles
        .submit(tenant, row)
        .exceptionallyCompose(
            failure -> {
              boolean again =
                  ProblemException.from(failure).code() == ProblemCode.IDEMPOTENCY_IN_FLIGHT
                      && System.nanoTime() - last < 0;
              return again ? issue(tenant, row, last) : CompletableFuture.failedFuture(failure);
            });
  }

  /**
   * A token for each of {@code items}, which failed parsing or not, in their order; all their PANs
   * are wiped.
   */
  public CompletionStage<List<ItemResult<Tokenized>>> tokenizeAll(
      Caller caller,
      BatchMode mode,
      List<ItemResult<TokenizeRequest>> items,
      @Nullable Idempotency idempotency) {
    List<CompletableFuture<ItemResult<NewToken>>> rows = new ArrayList<>(items.size());
    for (ItemResult<TokenizeRequest> item : items) {
      rows.add(prepareItem(caller, item).toCompletableFuture());
    }
    CompletionStage<@Nullable IdempotencyClaim> claim =
        idempotency == null
            ? CompletableFuture.completedFuture(null)
            : fingerprinter.key(caller.tenant()).thenApply(key -> claim(idempotency, key, null));
    return CompletableFuture.allOf(rows.toArray(CompletableFuture[]::new))
        .thenCombine(
            claim,
            (all, claimed) ->
                new BulkIssue.Bulk(
                    mode, rows.stream().map(CompletableFuture::join).toList(), claimed, ids.now()))
        .thenCompose(bulk -> bulks.submit(caller.tenant(), bulk));
  }

  private CompletionStage<ItemResult<NewToken>> prepareItem(
      Caller caller, ItemResult<TokenizeRequest> item) {
    return item.match(
        request ->
            prepare(caller, request, null)
                .handle(
                    (row, failure) ->
                        failure == null
                            ? new ItemResult.Done<>(row)
                            : new ItemResult.Failed<>(ProblemException.from(failure))),
        problem -> CompletableFuture.completedFuture(new ItemResult.Failed<>(problem)));
  }

  /**
   * Everything that needs the PAN, after which it is wiped: what travels on is sealed or hashed.
   */
  private CompletionStage<NewToken> prepare(
      Caller caller, TokenizeRequest request, @Nullable Idempotency idempotency) {
    String name = request.profile() == null ? TokenProfile.DEFAULT : request.profile();
    return profiles
        .named(caller.tenant(), name)
        .thenCompose(profile -> prepare(caller, request, profile, idempotency))
        .whenComplete((row, failure) -> request.close());
  }

  private CompletionStage<NewToken> prepare(
      Caller caller,
      TokenizeRequest request,
      TokenProfile profile,
      @Nullable Idempotency idempotency) {
    TenantId tenant = caller.tenant();
    Instant now = ids.now();
    check(request, profile, now);
    return drawing(tenant, profile, request.pan())
        .thenCompose(
            draw ->
                fingerprinter
                    .key(tenant)
                    .thenCombine(
                        sealer.sealingKey(tenant),
                        (index, seal) ->
                            row(caller, request, profile, idempotency, now, draw, index, seal)));
  }

  private static void check(TokenizeRequest request, TokenProfile profile, Instant now) {
    if (!profile.accepts(request.pan().brand())) {
      throw ProblemException.at(
          "/card/number",
          ProblemCode.BRAND_NOT_ACCEPTED,
          "The profile does not take cards of this brand");
    }
    if (profile.format().standsOnLuhn() && !request.pan().passesLuhn()) {
      throw ProblemException.at(
          "/card/number",
          ProblemCode.UNSAFE_FORMAT,
          "With this format, a card number without a right check digit gets no token");
    }
    if (request.expiry() != null) {
      request.expiry().checkAgainst(YearMonth.from(now.atOffset(ZoneOffset.UTC)));
    }
    if (request.expiresAt() != null && !request.expiresAt().isAfter(now)) {
      throw ProblemException.at(
          "/expires_at", ProblemCode.INVALID_FIELD, "A token expires in the future");
    }
  }

  private CompletionStage<Supplier<Token>> drawing(TenantId tenant, TokenProfile profile, Pan pan) {
    if (profile.format() != TokenFormat.FF1) {
      return CompletableFuture.completedFuture(mint.drawing(profile.format(), pan));
    }
    return ff1Keys
        .key(tenant)
        .thenApply(
            key -> {
              Token computed = ff1(tenant, profile, key).tokenOf(pan);
              return () -> computed;
            });
  }

  private static Ff1Tokens ff1(TenantId tenant, TokenProfile profile, Ff1Key key) {
    return new Ff1Tokens(
        new Ff1Cipher(key.version(), key::encrypt, key::decrypt), tenant.value(), profile.id());
  }

  private NewToken row(
      Caller caller,
      TokenizeRequest request,
      TokenProfile profile,
      @Nullable Idempotency idempotency,
      Instant now,
      Supplier<Token> draw,
      FingerprintKey index,
      SealingKey seal) {
    UUID id = ids.at(now);
    Pan pan = request.pan();
    byte[] hmac = index.of(pan);
    Binding binding = new Binding(caller.tenant(), id, pan.length(), Binding.Kind.PAN);
    return new NewToken(
        id,
        caller,
        profile,
        () -> draw.get().text(),
        pan.masked(),
        profile.format().binDigits() == 0 ? null : pan.bin(profile.format().binDigits()),
        request.expiry(),
        seal.seal(binding, pan),
        sealed(request, id, caller.tenant(), seal),
        seal.keyId(),
        index.version(),
        hmac,
        now,
        expiresAt(request, profile, now),
        request.maxUses() == null ? profile.maxUses() : request.maxUses(),
        request.call(),
        request.metadata(),
        idempotency == null ? null : claim(idempotency, index, hmac));
  }

  private static byte @Nullable [] sealed(
      TokenizeRequest request, UUID id, TenantId tenant, SealingKey seal) {
    HolderName holder = request.holder();
    return holder == null
        ? null
        : seal.seal(
            new Binding(tenant, id, request.pan().length(), Binding.Kind.HOLDER_NAME), holder);
  }

  private static @Nullable Instant expiresAt(
      TokenizeRequest request, TokenProfile profile, Instant now) {
    if (request.expiresAt() != null || profile.ttlDays() == null) {
      return request.expiresAt();
    }
    return now.plus(Duration.ofDays(profile.ttlDays()));
  }

  private static IdempotencyClaim claim(
      Idempotency idempotency, FingerprintKey index, byte @Nullable [] hmac) {
    return IdempotencyClaim.of(idempotency, index, hmac);
  }
}
