/** How JSON is read and written that is stored. */
@NullMarked
package dev.daybook.internal.json;

import org.jspecify.annotations.NullMarked;
