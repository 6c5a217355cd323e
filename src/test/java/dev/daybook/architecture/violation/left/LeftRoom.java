package dev.daybook.architecture.violation.left;

import dev.daybook.architecture.violation.right.RightRoom;

/** One half of a cycle of two packages. */
public record LeftRoom(RightRoom other) {}
