/**
 * Daybook: an embeddable persistence layer for services that keep history. {@link
 * dev.daybook.Daybook} is the way in; what it hands out lives in the package of each feature.
 */
@NullMarked
package dev.daybook;

import org.jspecify.annotations.NullMarked;
