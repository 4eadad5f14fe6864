package dev.cardvault.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class OpenKeyTest {

  private final byte[] bytes = HexFormat.of().parseHex("a1".repeat(32));
  private final OpenKey key = TestKeys.opened(KeyPurpose.PAN, bytes);

  @Test
  void wipesItsBytes() {
    key.use(engine -> engine.mac(new byte[1]));
    key.wipe(ProblemCode.KEY_SERVER_SEALED);
    assertArrayEquals(new byte[32], bytes);
    assertTrue(key.isWiped());
  }

  @Test
  void isOfNoUseOnceWipedAndTellsWhy() {
    key.wipe(ProblemCode.KEY_SERVER_SEALED);
    key.wipe(ProblemCode.KEY_SERVER_UNAVAILABLE);
    ProblemException refused =
        assertThrows(ProblemException.class, () -> key.use(engine -> engine.mac(bytes)));
    assertEquals(ProblemCode.KEY_SERVER_SEALED, refused.code());
    assertArrayEquals(new byte[32], bytes);
  }

  @Test
  void letsAUserAtWorkFinishBeforeItIsWiped() throws Exception {
    CountDownLatch atWork = new CountDownLatch(1);
    CountDownLatch wiped = new CountDownLatch(1);
    CompletableFuture<byte[]> user =
        CompletableFuture.supplyAsync(
            () ->
                key.useBytes(
                    own -> {
                      atWork.countDown();
                      await(wiped);
                      return own.clone();
                    }));
    atWork.await();
    key.wipe(ProblemCode.KEY_SERVER_SEALED);
    assertFalse(key.isWiped());
    wiped.countDown();
    assertEquals((byte) 0xa1, user.join()[0]);
    assertTrue(key.isWiped());
    assertArrayEquals(new byte[32], bytes);
  }

  @Test
  void makesTheSameOfTheSameFromManyThreads() {
    byte[] expected = key.use(engine -> engine.mac(new byte[] {1, 2, 3}));
    CompletableFuture<?>[] users = new CompletableFuture<?>[64];
    for (int i = 0; i < users.length; i++) {
      users[i] =
          CompletableFuture.runAsync(
              () ->
                  assertArrayEquals(expected, key.use(engine -> engine.mac(new byte[] {1, 2, 3}))));
    }
    CompletableFuture.allOf(users).join();
  }

  @Test
  void makesTheJdksObjectsForgetTheKey() {
    Engine[] used = new Engine[1];
    byte[] before =
        key.use(
            engine -> {
              used[0] = engine;
              return engine.mac(new byte[1]);
            });
    key.wipe(ProblemCode.KEY_SERVER_SEALED);
    assertFalse(java.util.Arrays.equals(before, used[0].mac(new byte[1])));
  }

  @Test
  void printsNothingOfItself() {
    assertFalse(key.toString().contains("a1a1"));
    assertFalse(KeyBytes.takeOwnershipOf(bytes).toString().contains("a1"));
  }

  @Test
  void refusesKeysOfAnotherLengthAndWipesThem() {
    byte[] tooShort = HexFormat.of().parseHex("a1".repeat(31));
    assertThrows(IllegalArgumentException.class, () -> KeyBytes.takeOwnershipOf(tooShort));
    assertArrayEquals(new byte[31], tooShort);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
