/**
 * Between events and bytes. A journal writes with one codec and reads with many: each row names the
 * codec that wrote it.
 */
@NullMarked
package dev.daybook.codec;

import org.jspecify.annotations.NullMarked;
