/**
 * An application of Spring Boot with JPA, JDBC and Daybook, compiled once and run on several
 * versions; see {@code dev.daybook.versions.BootVersionsTest}.
 */
@NullMarked
package dev.daybook.trial;

import org.jspecify.annotations.NullMarked;
