/**
 * JSON that is or was stored: {@link StoredJson} reads whatever could be written, and refuses what
 * was never written in this shape.
 */
@NullMarked
package dev.daybook.internal.json;

import org.jspecify.annotations.NullMarked;
