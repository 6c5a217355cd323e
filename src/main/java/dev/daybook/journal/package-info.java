/**
 * The event journal: append to streams, read them back, read across them in the order of the whole
 * journal. {@link dev.daybook.journal.Journal} is the contract.
 */
@NullMarked
package dev.daybook.journal;

import org.jspecify.annotations.NullMarked;
