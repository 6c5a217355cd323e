/** The rules that the code's structure follows, checked on the compiled classes. */
@NullMarked
package dev.daybook.architecture;

import org.jspecify.annotations.NullMarked;
