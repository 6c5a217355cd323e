/** What Daybook shows to the operators of an application of Spring Boot. */
@NullMarked
package dev.daybook.spring.boot.internal;

import org.jspecify.annotations.NullMarked;
