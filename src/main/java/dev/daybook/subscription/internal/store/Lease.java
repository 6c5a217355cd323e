package dev.daybook.subscription.internal.store;

/**
 * The right to work under a name.
 *
 * @param fence what a save must name, beside the owner; higher than any that was given before,
 *     since the checkpoint was made
 * @param position the checkpoint when it was given
 * @param paused whether the name was paused when it was given
 */
public record Lease(String name, long fence, long position, boolean paused) {}
