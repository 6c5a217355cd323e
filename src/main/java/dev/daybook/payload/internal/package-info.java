/** The pipeline that payloads of all repositories go through. */
@NullMarked
package dev.daybook.payload.internal;

import org.jspecify.annotations.NullMarked;
