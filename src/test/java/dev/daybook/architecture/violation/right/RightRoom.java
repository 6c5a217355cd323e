package dev.daybook.architecture.violation.right;

import dev.daybook.architecture.violation.left.LeftRoom;
import java.util.List;

/** The other half. */
public record RightRoom(List<LeftRoom> others) {}
