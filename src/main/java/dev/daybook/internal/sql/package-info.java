/**
 * The room that runs SQL: typed jOOQ is rendered here once and then run through kept prepared
 * statements, so that the hot paths pay for JDBC and not for rendering.
 */
@NullMarked
package dev.daybook.internal.sql;

import org.jspecify.annotations.NullMarked;
