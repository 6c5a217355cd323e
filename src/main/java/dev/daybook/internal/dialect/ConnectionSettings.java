package dev.daybook.internal.dialect;

import java.util.Map;

/**
 * The settings of a connection as the data source returned it. Its next user, perhaps of a pool,
 * must find them unchanged.
 *
 * @param autoCommit whether each statement was its own transaction
 * @param values the database's own settings, by name
 */
public record ConnectionSettings(boolean autoCommit, Map<String, String> values) {}
