/**
 * Group commit: what several callers ask for at the same time is written in one transaction, each
 * with its own outcome. A repository says what to write (a {@link WriteRequest}) and how (its
 * {@link RequestWriter}); {@code internal.access} runs the transactions. Begin with {@link
 * WriteQueue}, where callers of the one writer wait, and with {@link GroupCommit} for databases
 * that have several.
 */
@NullMarked
package dev.daybook.internal.groupcommit;

import org.jspecify.annotations.NullMarked;
