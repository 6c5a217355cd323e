/** An application, and tests of its listeners by the slice. */
@NullMarked
package dev.daybook.spring.boot.test;

import org.jspecify.annotations.NullMarked;
