package dev.daybook.journal.internal;

/** The stream, the number and the position that an event was given. */
record EventPlace(String streamId, long seq, long position) {}
