/**
 * Copies of a SQLite file: a backup, and the way back. Each is written to a part file first. To
 * read first: {@link dev.daybook.maintenance.internal.backup.BackupRun}.
 */
@NullMarked
package dev.daybook.maintenance.internal.backup;

import org.jspecify.annotations.NullMarked;
