/**
 * Options that commands share: which database to work on, as which user, and how to open it. To
 * read first: {@link dev.daybook.cli.options.Store}, the options of most commands, and {@link
 * dev.daybook.cli.options.NamedStore}, a store as options name it.
 */
@NullMarked
package dev.daybook.cli.options;

import org.jspecify.annotations.NullMarked;
