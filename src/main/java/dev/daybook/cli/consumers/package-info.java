/**
 * The commands for what follows a journal: checkpoints, subscriptions and their dead letters. To
 * read first: {@link dev.daybook.cli.consumers.SubscriptionsCommand}.
 */
@NullMarked
package dev.daybook.cli.consumers;

import org.jspecify.annotations.NullMarked;
