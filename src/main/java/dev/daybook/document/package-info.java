/**
 * Documents: append-only streams of records, a meta record first, replaced as a whole to compact
 * them. {@link dev.daybook.document.DocumentStore} is the contract.
 */
@NullMarked
package dev.daybook.document;

import org.jspecify.annotations.NullMarked;
