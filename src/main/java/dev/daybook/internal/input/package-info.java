/**
 * The checks of what a caller gives: {@link dev.daybook.internal.input.InputRules}. Every public
 * package uses it before anything is written. The limits themselves are public: {@link
 * dev.daybook.settings.Limits}.
 */
@NullMarked
package dev.daybook.internal.input;

import org.jspecify.annotations.NullMarked;
