/** Maintenance of a database that is in use: backup, check, and restore. */
@NullMarked
package dev.daybook.maintenance;

import org.jspecify.annotations.NullMarked;
