@NullMarked
package dev.daybook.maintenance.internal.verify;

import org.jspecify.annotations.NullMarked;
