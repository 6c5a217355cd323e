package dev.daybook.internal.dialect;

/**
 * How many connections a server has.
 *
 * @param ofDatabase to this database
 * @param ofServer to all of its databases
 * @param most how many it takes, without those that are kept for its administrators
 */
public record ServerConnections(int ofDatabase, int ofServer, int most) {}
