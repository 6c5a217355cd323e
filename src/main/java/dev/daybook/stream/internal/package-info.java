/** The implementation of the streams' life: its statements, and how a stream is moved. */
@NullMarked
package dev.daybook.stream.internal;

import org.jspecify.annotations.NullMarked;
