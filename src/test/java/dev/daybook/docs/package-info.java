/**
 * The README and the manual: every block of code in them is run, and what they say of their own
 * structure holds. One class a page has the page's Java; {@link dev.daybook.docs.Block} reads the
 * pages.
 */
@NullMarked
package dev.daybook.docs;

import org.jspecify.annotations.NullMarked;
