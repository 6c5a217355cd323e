/**
 * A slice for tests of an application of Spring Boot, 3.5 and 4: its Daybook and its listeners.
 * Needs {@code spring-boot-test} and JUnit, which {@code spring-boot-starter-test} brings along.
 */
@NullMarked
package dev.daybook.spring.boot.test;

import org.jspecify.annotations.NullMarked;
