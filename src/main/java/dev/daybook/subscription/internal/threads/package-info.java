/**
 * The threads of subscriptions: a few that all share for short steps ({@link Steps}, {@link
 * Workers}), and those that handlers run on. It knows nothing of subscriptions.
 */
@NullMarked
package dev.daybook.subscription.internal.threads;

import org.jspecify.annotations.NullMarked;
