/**
 * The live queries' implementation. Begin with {@link LiveQueries}, which makes streams and
 * publishers. Both take their elements from a {@link Source}; a live one, such as {@link
 * LiveSource}, reads the existing elements and then waits for a commit.
 */
@NullMarked
package dev.daybook.query.internal;

import org.jspecify.annotations.NullMarked;
