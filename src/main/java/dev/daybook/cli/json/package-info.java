/**
 * Reading JSON that a user gives: a line of a file or an argument. {@link
 * dev.daybook.cli.json.JsonLine} decides whether it is good, and finds the values that are asked
 * for. A {@link dev.daybook.cli.json.BadLine} says what is wrong and where.
 */
@NullMarked
package dev.daybook.cli.json;

import org.jspecify.annotations.NullMarked;
