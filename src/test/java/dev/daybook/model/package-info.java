/**
 * The whole API against a model of it: random operations on two Daybooks of one database, each of
 * which must answer as plain maps do. Begin at {@code ModelTest}.
 */
@NullMarked
package dev.daybook.model;

import org.jspecify.annotations.NullMarked;
