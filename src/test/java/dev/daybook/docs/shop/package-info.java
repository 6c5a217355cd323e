/** The application of the manual's page on Spring Boot, in a package that Spring scans. */
@NullMarked
package dev.daybook.docs.shop;

import org.jspecify.annotations.NullMarked;
