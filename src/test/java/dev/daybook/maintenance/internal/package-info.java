@NullMarked
package dev.daybook.maintenance.internal;

import org.jspecify.annotations.NullMarked;
