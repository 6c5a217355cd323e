/**
 * Daybook in Spring applications. Needs {@code org.springframework:spring-jdbc} and {@code
 * spring-tx}; only this package and those below it use Spring, and no other package uses this one.
 */
@NullMarked
package dev.daybook.spring;

import org.jspecify.annotations.NullMarked;
