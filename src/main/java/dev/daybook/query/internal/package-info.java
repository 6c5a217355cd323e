/** The live queries' implementation. */
@NullMarked
package dev.daybook.query.internal;

import org.jspecify.annotations.NullMarked;
