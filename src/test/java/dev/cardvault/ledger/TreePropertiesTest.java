package dev.cardvault.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Trees of any size: every proof of theirs holds, and no other does. */
final class TreePropertiesTest {

  private static final int MOST = 1_300;
  private static final List<Hash> LEAVES = Leaves.hashes(MOST);

  private static Tree<RuntimeException> tree(int size) {
    return new Tree<>(size, Leaves.of(LEAVES.subList(0, size)));
  }

  private static Hash root(int size) {
    return Leaves.root(LEAVES.subList(0, size));
  }

  @Property(tries = 200)
  void growsToTheRootOfItsLeavesAndCanBeLoadedAgain(@ForAll @IntRange(max = MOST) int size) {
    GrowingTree tree = new GrowingTree();
    LEAVES.subList(0, size).forEach(tree::append);
    assertEquals(root(size), tree.root());
    assertEquals(root(size), tree(size).root());
    GrowingTree loaded = GrowingTree.load(size, Leaves.of(LEAVES.subList(0, size)));
    assertEquals(size, loaded.size());
    assertEquals(tree.root(), loaded.root());
    LEAVES.subList(size, MOST).forEach(loaded::append);
    assertEquals(root(MOST), loaded.root());
  }

  @Property(tries = 100)
  void handsOutEachTileOnceItIsFull(@ForAll @IntRange(max = MOST) int size) {
    GrowingTree tree = new GrowingTree();
    LEAVES.subList(0, size).forEach(tree::append);
    List<GrowingTree.Full> full = tree.takeFull();
    assertEquals(size / Tile.WIDTH, full.size());
    for (int i = 0; i < full.size(); i++) {
      List<Hash> hashes = LEAVES.subList(i * Tile.WIDTH, (i + 1) * Tile.WIDTH);
      assertEquals(new Tile(0, i, hashes), full.get(i).tile());
      assertEquals(Leaves.root(hashes), full.get(i).root());
    }
    assertEquals(List.of(), tree.takeFull());
  }

  @Property(tries = 20)
  void provesOneLeafAfterTheOther(@ForAll @IntRange(min = 1, max = MOST) int size) {
    Tree<RuntimeException> tree = tree(size);
    Hash root = root(size);
    for (int index = 0; index < size; index++) {
      List<Hash> path = tree.inclusion(index);
      assertTrue(Proofs.includes(size, root, index, LEAVES.get(index), path));
    }
    assertEquals(root, tree.root());
  }

  @Property(tries = 300)
  void provesEveryLeafItHas(
      @ForAll @IntRange(min = 1, max = MOST) int size, @ForAll @IntRange(max = MOST - 1) int at) {
    int index = at % size;
    List<Hash> path = tree(size).inclusion(index);
    assertTrue(Proofs.includes(size, root(size), index, LEAVES.get(index), path));
  }

  @Property(tries = 300)
  void provesNoOtherLeafAndNoOtherPlace(
      @ForAll @IntRange(min = 2, max = MOST) int size,
      @ForAll @IntRange(max = MOST - 1) int at,
      @ForAll @IntRange(min = 1, max = MOST) int by) {
    int index = at % size;
    int other = (index + by) % size;
    List<Hash> path = tree(size).inclusion(index);
    Hash leaf = LEAVES.get(index);
    if (other != index) {
      assertFalse(Proofs.includes(size, root(size), other, leaf, path));
      assertFalse(Proofs.includes(size, root(size), index, LEAVES.get(other), path));
    }
    assertFalse(Proofs.includes(size, root(size), index + (long) size, leaf, path));
    assertFalse(Proofs.includes(size, root(size - 1), index, leaf, path));
    List<Hash> longer = new ArrayList<>(path);
    longer.add(leaf);
    assertFalse(Proofs.includes(size, root(size), index, leaf, longer));
    assertFalse(Proofs.includes(size, root(size), index, leaf, path.subList(0, path.size() - 1)));
  }

  @Property(tries = 300)
  void provesThatItBeginsWithEachSmallerTree(
      @ForAll @IntRange(max = MOST) int one, @ForAll @IntRange(max = MOST) int two) {
    int earlier = Math.min(one, two);
    int size = Math.max(one, two);
    List<Hash> proof = tree(size).consistency(earlier);
    assertTrue(Proofs.extend(earlier, root(earlier), size, root(size), proof));
    if (earlier > 0 && earlier < size) {
      assertFalse(Proofs.extend(earlier, LEAVES.get(0), size, LEAVES.get(1), proof));
      assertFalse(Proofs.extend(earlier, root(earlier - 1), size, root(size), proof));
      assertFalse(Proofs.extend(earlier, root(earlier), size, root(size), Collections.emptyList()));
      List<Hash> longer = new ArrayList<>(proof);
      longer.add(root(1));
      assertFalse(Proofs.extend(earlier, root(earlier), size, root(size), longer));
    }
  }
}
