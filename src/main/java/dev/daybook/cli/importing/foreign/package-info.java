/**
 * Imports the SQLite files of other programs: a {@link
 * dev.daybook.cli.importing.foreign.sources.ForeignSource} for each, of which a {@link
 * dev.daybook.cli.importing.foreign.SourceWalk} finds out what can be imported. A {@link
 * dev.daybook.cli.importing.foreign.ForeignImporter} writes it, and a {@link
 * dev.daybook.cli.importing.foreign.ImportComparison} compares both in the end.
 */
@NullMarked
package dev.daybook.cli.importing.foreign;

import org.jspecify.annotations.NullMarked;
