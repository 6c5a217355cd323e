/**
 * Snapshots: folded states of streams, kept so that recovery need not begin at the first event.
 * {@link dev.daybook.snapshot.SnapshotStore} is the contract.
 */
@NullMarked
package dev.daybook.snapshot;

import org.jspecify.annotations.NullMarked;
