/** Tests of backups, restoring and checks. */
@NullMarked
package dev.daybook.maintenance;

import org.jspecify.annotations.NullMarked;
