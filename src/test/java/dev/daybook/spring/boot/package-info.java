/** Applications of Spring Boot 3.5; those of other versions are in the profile "system". */
@NullMarked
package dev.daybook.spring.boot;

import org.jspecify.annotations.NullMarked;
