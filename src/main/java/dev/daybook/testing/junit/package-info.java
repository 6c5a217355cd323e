/** The extension for JUnit 5.10 to 6. Only this package and {@code spring.boot.test} use JUnit. */
@NullMarked
package dev.daybook.testing.junit;

import org.jspecify.annotations.NullMarked;
