package dev.daybook.journal.internal.append;

/** The stream, the number and the position that an event was given. */
record EventAddress(String streamId, long seq, long position) {}
