/**
 * The SQLite files of other programs, with one class for each. Begin with {@link
 * dev.daybook.cli.importing.foreign.sources.ForeignSource}. A {@link
 * dev.daybook.cli.importing.foreign.sources.SourceLayout} finds their tables and columns.
 */
@NullMarked
package dev.daybook.cli.importing.foreign.sources;

import org.jspecify.annotations.NullMarked;
