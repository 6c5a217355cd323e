/** The jar with other versions of the libraries that it needs than those it was compiled with. */
@NullMarked
package dev.daybook.versions;

import org.jspecify.annotations.NullMarked;
