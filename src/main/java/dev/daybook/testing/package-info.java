/**
 * Tests of applications. {@link dev.daybook.testing.DecisionFixture} tests decisions and folds
 * without a database. {@link dev.daybook.testing.TestDaybook} is a fresh store with a clock to set,
 * which waits for subscriptions and finds what a test has left open. Neither needs a test
 * framework: a failure is an {@link AssertionError}. The package {@code junit} below this one has
 * the extension for JUnit.
 *
 * <p>Of the rest of the library only {@code spring.boot.test} uses this package.
 */
@NullMarked
package dev.daybook.testing;

import org.jspecify.annotations.NullMarked;
