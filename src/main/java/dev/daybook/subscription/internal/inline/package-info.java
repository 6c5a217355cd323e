/**
 * Projections that handle events in the transaction that appends them. An {@link InlineJournal}
 * appends, and has an {@link InlineProjection} handle what was appended. Its position is the
 * checkpoint of its name, which a subscription of that name moves on as well: each of them locks
 * the row, handles the next events, and saves.
 */
@NullMarked
package dev.daybook.subscription.internal.inline;

import org.jspecify.annotations.NullMarked;
