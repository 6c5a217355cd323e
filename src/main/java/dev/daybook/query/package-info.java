/**
 * Current and live queries of events and stream ids, pulled or pushed. {@link
 * dev.daybook.query.Queries} is the contract.
 */
@NullMarked
package dev.daybook.query;

import org.jspecify.annotations.NullMarked;
