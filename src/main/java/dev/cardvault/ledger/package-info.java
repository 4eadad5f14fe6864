/**
 * The proven log as pure mathematics and bytes: leaves, the Merkle tree, tiles, proofs, signed
 * checkpoints (RFC 6962; C2SP signed-note, tlog-checkpoint, tlog-tiles, tlog-proof,
 * tlog-cosignature).
 */
@NullMarked
package dev.cardvault.ledger;

import org.jspecify.annotations.NullMarked;
