/**
 * Live queries: events and stream ids as they are now, and as they go on, pulled or pushed. {@link
 * dev.daybook.query.Queries} is the contract.
 */
@NullMarked
package dev.daybook.query;

import org.jspecify.annotations.NullMarked;
