/**
 * Daybook in Spring applications. Needs {@code org.springframework:spring-jdbc} and {@code
 * spring-tx}; no other package of Daybook uses this one, or Spring.
 */
@NullMarked
package dev.daybook.spring;

import org.jspecify.annotations.NullMarked;
