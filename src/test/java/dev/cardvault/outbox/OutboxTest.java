package dev.cardvault.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.access.Caller;
import dev.cardvault.access.ClientPolicy;
import dev.cardvault.access.Scope;
import dev.cardvault.access.TenantId;
import dev.cardvault.database.Ids;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.keys.KeyRing;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.testing.Backing;
import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.FaultCase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Backing.class)
class OutboxTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String KIND = "test";

  @Inject Outbox outbox;
  @Inject Destinations destinations;
  @Inject OutboxStore store;
  @Inject TenantDatabase database;
  @Inject KeyRing keys;
  @Inject Ids ids;

  private Caller admin;

  @BeforeEach
  void makeATenant() {
    TenantId tenant = new TenantId(ids.next());
    database.inTransaction(
        tenant,
        connection -> {
          try (var insert =
              connection.prepareStatement("INSERT INTO tenant (id, name) VALUES (?, ?)")) {
            insert.setObject(1, tenant.value());
            insert.setString(2, "t-" + tenant.value());
            return insert.executeUpdate();
          }
        });
    keys.create(tenant).toCompletableFuture().join();
    Set<Scope> scopes = Set.of(Scope.CLIENTS_WRITE);
    admin =
        new Caller(
            tenant,
            "cli_admin",
            "admin",
            "crd_admin",
            scopes,
            new ClientPolicy(scopes, Set.of(), Set.of(), List.of(), null, 0, 0),
            "127.0.0.1",
            "test");
  }

  @Test
  void deliversASignedMessage() throws Exception {
    try (Receiver receiver = new Receiver(Receiver.ALLOWED, call -> 204)) {
      NewDestination made = destination(receiver, "/hook?a=b");
      publish(null, "{\"n\":1}");
      awaitCalls(receiver, 1);

      Receiver.Call call = receiver.calls().get(0);
      assertEquals("/hook?a=b", call.path());
      assertEquals("{\"n\":1}", call.body());
      assertEquals("application/json", call.header("content-type"));
      assertEquals(signature(made, call), call.header("webhook-signature"));
      Eventually.await("it is settled", PATIENCE, () -> onlyState(made).equals("delivered 1"));
    }
  }

  @Test
  void signsWithBothSecretsWhileOneReplacesTheOther() throws Exception {
    try (Receiver receiver = new Receiver(Receiver.ALLOWED, call -> 204)) {
      NewDestination made = destination(receiver, "/");
      NewDestination rotated = destinations.rotate(admin, made.destination().id());
      assertNotEquals(made.secret().reveal(), rotated.secret().reveal());
      publish(null, "{}");
      awaitCalls(receiver, 1);

      Receiver.Call call = receiver.calls().get(0);
      assertEquals(
          signature(rotated, call) + " " + signature(made, call), call.header("webhook-signature"));
    }
  }

  @Test
  void triesAgainUntilItArrives() {
    AtomicInteger refusals = new AtomicInteger(2);
    try (Receiver receiver =
        new Receiver(Receiver.ALLOWED, call -> refusals.getAndDecrement() > 0 ? 500 : 200)) {
      NewDestination made = destination(receiver, "/");
      publish(null, "{}");
      Eventually.await("it arrives", PATIENCE, () -> onlyState(made).equals("delivered 3"));
      assertEquals(
          1, receiver.calls().stream().map(c -> c.header("webhook-id")).distinct().count());
    }
  }

  @Test
  void keepsTheOrderOfALane() {
    AtomicInteger refusals = new AtomicInteger(2);
    try (Receiver receiver =
        new Receiver(
            Receiver.ALLOWED,
            call -> call.body().equals("0") && refusals.getAndDecrement() > 0 ? 503 : 200)) {
      destination(receiver, "/");
      for (int i = 0; i < 4; i++) {
        publish("lane", String.valueOf(i));
      }
      awaitCalls(receiver, 6);
      assertEquals(
          List.of("0", "0", "0", "1", "2", "3"),
          receiver.calls().stream().map(Receiver.Call::body).toList());
    }
  }

  @Test
  void tellsNobodyOfAChangeThatWasRolledBack() {
    try (Receiver receiver = new Receiver(Receiver.ALLOWED, call -> 200)) {
      destination(receiver, "/");
      assertThrows(
          IllegalStateException.class,
          () ->
              database.inTransaction(
                  admin.tenant(),
                  connection -> {
                    outbox.publish(connection, admin.tenant(), message(null, "lost"));
                    throw new IllegalStateException();
                  }));
      publish(null, "kept");
      awaitCalls(receiver, 1);
      assertEquals("kept", receiver.calls().get(0).body());
    }
  }

  @Test
  void givesUpWhatNobodyWantsAnyMore() {
    try (Receiver receiver = new Receiver(Receiver.ALLOWED, call -> 500)) {
      NewDestination made = destination(receiver, "/");
      publish(new Message(KIND, null, "{}", Duration.ofMillis(300)));
      Eventually.await("given up", PATIENCE, () -> onlyState(made).startsWith("failed"));
    }
  }

  @FaultCase(50)
  @Test
  void followsNoRedirect() {
    try (Receiver receiver = new Receiver(Receiver.ALLOWED, call -> 302)) {
      NewDestination made = destination(receiver, "/");
      publish(new Message(KIND, null, "{}", Duration.ofMillis(500)));
      Eventually.await("given up", PATIENCE, () -> onlyState(made).startsWith("failed"));
      assertTrue(receiver.calls().stream().allMatch(call -> call.path().equals("/")));
    }
  }

  /** A row that came there past the check at its making, as by an older version or a rebinding. */
  @FaultCase(50)
  @Test
  void connectsToNoAddressInsideTheNetwork() {
    try (Receiver inside = new Receiver("127.0.0.1", call -> 200);
        Receiver receiver = new Receiver(Receiver.ALLOWED, call -> 200)) {
      NewDestination made = destination(receiver, "/");
      assertThrows(ProblemException.class, () -> destination(inside, "/"));
      String name = inside.url("/").replace("127.0.0.1", "localhost");
      NewDestination byName =
          destinations.create(
              admin, new DestinationDraft("by-name", "webhook", name, List.of(KIND)));
      publish(new Message(KIND, null, "{}", Duration.ofSeconds(3)));
      awaitCalls(receiver, 1);
      Eventually.await(
          "given up",
          PATIENCE,
          () -> {
            Sent sent = sent(byName).get(0);
            return sent.state().equals("failed")
                && String.valueOf(sent.lastResult()).contains("no allowed address");
          });
      assertEquals("delivered 1", onlyState(made));
      assertEquals(List.of(), inside.calls());
    }
  }

  @Test
  void leavesAMessageToOneNodeUntilItsLeaseIsOver() {
    CountDownLatch release = new CountDownLatch(1);
    try (Receiver slow =
        new Receiver(
            Receiver.ALLOWED,
            call -> {
              await(release);
              return 200;
            })) {
      destination(slow, "/");
      publish(null, "{}");
      awaitCalls(slow, 1);
      assertEquals(
          List.of(),
          store.take(List.of(), 10, Duration.ofSeconds(5)).stream()
              .filter(taken -> taken.tenant().equals(admin.tenant()))
              .toList());
      release.countDown();
    }
  }

  @Test
  void keepsTenantsApart() {
    try (Receiver receiver = new Receiver(Receiver.ALLOWED, call -> 200)) {
      NewDestination made = destination(receiver, "/");
      Caller first = admin;
      makeATenant();
      ProblemException problem =
          assertThrows(
              ProblemException.class, () -> destinations.find(admin, made.destination().id()));
      assertEquals(ProblemCode.NOT_FOUND, problem.code());
      boolean sent =
          database.inTransaction(
              admin.tenant(),
              connection ->
                  outbox.send(
                      connection, admin.tenant(), made.destination().id(), message(null, "{}")));
      assertFalse(sent);
      assertEquals(1, destinations.list(first).size());
    }
  }

  @Test
  void sendsNothingToWhatWasRemoved() {
    try (Receiver receiver = new Receiver(Receiver.ALLOWED, call -> 500)) {
      NewDestination made = destination(receiver, "/");
      publish(null, "{}");
      awaitCalls(receiver, 1);
      destinations.remove(admin, made.destination().id());
      assertEquals(0, publish(null, "{}"));
      assertEquals(List.of(), destinations.list(admin));
    }
  }

  private NewDestination destination(Receiver receiver, String path) {
    return destinations.create(
        admin,
        new DestinationDraft(
            "hook-" + UUID.randomUUID(), "webhook", receiver.url(path), List.of(KIND)));
  }

  private static Message message(@Nullable String lane, String body) {
    return new Message(KIND, lane, body, Message.DAYS);
  }

  private int publish(@Nullable String lane, String body) {
    return publish(message(lane, body));
  }

  private int publish(Message message) {
    int sent =
        database.inTransaction(
            admin.tenant(), connection -> outbox.publish(connection, admin.tenant(), message));
    outbox.wake();
    return sent;
  }

  private List<Sent> sent(NewDestination to) {
    return destinations.sent(admin, to.destination().id(), null, 10).data();
  }

  private String onlyState(NewDestination to) {
    Sent only = sent(to).get(0);
    return only.state() + " " + only.attempts();
  }

  private static void awaitCalls(Receiver receiver, int count) {
    Eventually.await(count + " calls", PATIENCE, () -> receiver.calls().size() >= count);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As a receiver computes it, by the Standard Webhooks specification. */
  private static String signature(NewDestination made, Receiver.Call call) throws Exception {
    byte[] secret = Base64.getDecoder().decode(made.secret().reveal().substring("whsec_".length()));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    String signed =
        call.header("webhook-id") + "." + call.header("webhook-timestamp") + "." + call.body();
    return "v1,"
        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }
}
