/**
 * Care for a database that is in use: copies of it, a check of everything in it, and putting a copy
 * back.
 */
@NullMarked
package dev.daybook.maintenance;

import org.jspecify.annotations.NullMarked;
