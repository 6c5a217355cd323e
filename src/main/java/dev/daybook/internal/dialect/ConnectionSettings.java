package dev.daybook.internal.dialect;

import java.util.Map;

/**
 * The settings of a connection as it was handed out. Whoever gets it next, perhaps out of a pool,
 * must find them unchanged.
 *
 * @param autoCommit whether each statement was a transaction of its own
 * @param values the database's own settings, by name
 */
public record ConnectionSettings(boolean autoCommit, Map<String, String> values) {}
