/**
 * Daybook in applications of Spring Boot, 3.5 and 4: a {@code Daybook} on the application's
 * database, journals, subscriptions, health and an endpoint, without a line of configuration. Needs
 * what such an application has anyway; a use of {@link dev.daybook.spring.SpringTransactions}
 * without Spring Boot does not need this package.
 */
@NullMarked
package dev.daybook.spring.boot;

import org.jspecify.annotations.NullMarked;
