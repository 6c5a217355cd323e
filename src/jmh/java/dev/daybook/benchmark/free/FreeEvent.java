package dev.daybook.benchmark.free;

/** An event with all that its row tells. */
record FreeEvent<T>(long position, String streamId, long seq, String type, long time, T data) {}
