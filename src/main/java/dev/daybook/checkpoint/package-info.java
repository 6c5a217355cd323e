/**
 * Checkpoints: the position of each consumer in the journal. {@link
 * dev.daybook.checkpoint.CheckpointStore} is the contract.
 */
@NullMarked
package dev.daybook.checkpoint;

import org.jspecify.annotations.NullMarked;
