/**
 * What every journal must do on every database: suites that are run once for each fixture. A suite
 * never skips: where databases differ the fixture says so, and both sides are asserted.
 */
@NullMarked
package dev.daybook.conformance;

import org.jspecify.annotations.NullMarked;
