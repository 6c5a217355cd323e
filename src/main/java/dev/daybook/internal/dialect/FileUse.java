package dev.daybook.internal.dialect;

import java.util.Optional;

/**
 * A process that has a database's file open.
 *
 * @param process its id
 * @param command the program that it runs; empty if the system does not say
 * @param reads whether it is reading, and so keeps its state of the database
 * @param writes whether it has the write lock
 */
public record FileUse(long process, Optional<String> command, boolean reads, boolean writes) {}
