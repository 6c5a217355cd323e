/**
 * The snapshot store's implementation. Begin with {@link JooqSnapshotStore}. What a row has in
 * which column is said in {@link SnapshotRows}, and what is run in {@link SnapshotStatements}: a
 * new column concerns all three.
 */
@NullMarked
package dev.daybook.snapshot.internal;

import org.jspecify.annotations.NullMarked;
