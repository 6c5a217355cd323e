package dev.daybook.journal.internal;

/** The number and the position that an event was given. */
record EventPlace(long seq, long position) {}
