/**
 * The command that shows in one minute what a journal is: {@link DemoCommand}. It works in its own
 * file.
 */
@NullMarked
package dev.daybook.cli.demo;

import org.jspecify.annotations.NullMarked;
