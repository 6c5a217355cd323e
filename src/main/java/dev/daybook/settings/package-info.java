/**
 * Settings and limits of a whole store: how tables are named ({@link
 * dev.daybook.settings.TableNames}), when a commit waits for the disk ({@link
 * dev.daybook.settings.Synchronous}), and what is accepted ({@link dev.daybook.settings.Limits}).
 * {@link dev.daybook.DaybookBuilder} takes them.
 */
@NullMarked
package dev.daybook.settings;

import org.jspecify.annotations.NullMarked;
