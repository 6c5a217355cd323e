/**
 * The life of a stream: archived, moved to another store and back, tombstoned, restored, deleted.
 * {@link dev.daybook.stream.Streams} is the contract.
 */
@NullMarked
package dev.daybook.stream;

import org.jspecify.annotations.NullMarked;
