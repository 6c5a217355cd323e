/** Files that tests compare with what the code produces. */
@NullMarked
package dev.daybook.golden;

import org.jspecify.annotations.NullMarked;
