/** The document store's implementation: its statements and its rows. */
@NullMarked
package dev.daybook.document.internal;

import org.jspecify.annotations.NullMarked;
