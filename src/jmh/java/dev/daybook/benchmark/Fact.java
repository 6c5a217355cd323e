package dev.daybook.benchmark;

import org.jspecify.annotations.Nullable;

/** An event to append: encoded, with one tag or none. */
public record Fact(String type, @Nullable String tag, byte[] json) {}
