/**
 * Looking for damage. A {@link dev.daybook.maintenance.internal.verify.VerifyRun} reads the
 * database in one state and gives its rows to the checks, one for each kind of content; each check
 * walks through its tables in the order of a key, and adds to the findings.
 */
@NullMarked
package dev.daybook.maintenance.internal.verify;

import org.jspecify.annotations.NullMarked;
