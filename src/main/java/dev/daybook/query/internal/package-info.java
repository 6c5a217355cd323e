/**
 * The live queries' implementation. Begin with {@link LiveQueries}, which makes streams and
 * publishers. Both take their elements from a {@link Source}; one that goes on, such as {@link
 * LiveSource}, reads what there is and then waits for a commit.
 */
@NullMarked
package dev.daybook.query.internal;

import org.jspecify.annotations.NullMarked;
