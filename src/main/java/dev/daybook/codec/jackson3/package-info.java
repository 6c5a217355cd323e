/**
 * JSON by Jackson 3. Needs {@code tools.jackson.core:jackson-databind}, which Spring Boot 4 has; no
 * other package of Daybook uses this one, or Jackson 3.
 */
@NullMarked
package dev.daybook.codec.jackson3;

import org.jspecify.annotations.NullMarked;
