/**
 * The checkpoint store's implementation. Begin with {@link JooqCheckpointStore}; {@link
 * CheckpointStatements} has what is run. Subscriptions have other statements on the same table.
 */
@NullMarked
package dev.daybook.checkpoint.internal;

import org.jspecify.annotations.NullMarked;
