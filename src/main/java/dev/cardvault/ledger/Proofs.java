package dev.cardvault.ledger;

import java.util.List;

/** Checks proofs, to the last hash (RFC 9162, sections 2.1.3.2 and 2.1.4.2). */
public final class Proofs {

  private Proofs() {}

  /**
   * Whether the tree of {@code size} leaves under {@code root} has {@code leaf} at {@code index}.
   */
  public static boolean includes(long size, Hash root, long index, Hash leaf, List<Hash> path) {
    if (index < 0 || index >= size) {
      return false;
    }
    TreeHash hashes = new TreeHash();
    long node = index;
    long last = size - 1;
    Hash hash = leaf;
    for (Hash sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = hashes.node(sibling, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>>= 1;
          last >>>= 1;
        }
      } else {
        hash = hashes.node(hash, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && hash.equals(root);
  }

  /**
   * Whether the tree of {@code size} leaves under {@code root} begins with all leaves of the one of
   * {@code earlier} leaves under {@code earlierRoot}.
   */
  public static boolean extend(
      long earlier, Hash earlierRoot, long size, Hash root, List<Hash> proof) {
    if (earlier < 0 || earlier > size) {
      return false;
    }
    if (earlier == size) {
      return proof.isEmpty() && earlierRoot.equals(root);
    }
    if (earlier == 0) {
      return proof.isEmpty() && earlierRoot.equals(new TreeHash().empty());
    }
    return !proof.isEmpty() && climbs(earlier, earlierRoot, size, root, proof);
  }

  private static boolean climbs(
      long earlier, Hash earlierRoot, long size, Hash root, List<Hash> proof) {
    TreeHash hashes = new TreeHash();
    long node = earlier - 1;
    long last = size - 1;
    while ((node & 1) == 1) {
      node >>>= 1;
      last >>>= 1;
    }
    boolean complete = Ranges.isPowerOfTwo(earlier);
    Hash ofEarlier = complete ? earlierRoot : proof.get(0);
    Hash ofLater = ofEarlier;
    for (Hash hash : complete ? proof : proof.subList(1, proof.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        ofEarlier = hashes.node(hash, ofEarlier);
        ofLater = hashes.node(hash, ofLater);
        while ((node & 1) == 0 && node != 0) {
          node >>>= 1;
          last >>>= 1;
        }
      } else {
        ofLater = hashes.node(ofLater, hash);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && ofEarlier.equals(earlierRoot) && ofLater.equals(root);
  }
}
