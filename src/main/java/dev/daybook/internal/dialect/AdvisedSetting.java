package dev.daybook.internal.dialect;

/**
 * A setting of a database or its server that differs from what is advised.
 *
 * @param setting what the database calls it
 * @param found what it is set to
 * @param advised what is advised
 * @param action what follows from it, and what to do
 * @param risksData whether what was committed may be lost or damaged as it is
 */
public record AdvisedSetting(
    String setting, String found, String advised, String action, boolean risksData) {}
