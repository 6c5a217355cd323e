/**
 * The implementation of the streams' life. Begin with {@link JooqStreams}; {@link StreamStatements}
 * has what is run. A {@link Move} takes a stream to another store in four steps: archive, copy,
 * compare, and delete in the source.
 */
@NullMarked
package dev.daybook.stream.internal;

import org.jspecify.annotations.NullMarked;
