package dev.daybook.benchmark;

/** An event to append: encoded, with one tag. */
public record Fact(String type, String tag, byte[] json) {}
