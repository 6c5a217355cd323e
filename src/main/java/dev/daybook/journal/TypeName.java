package dev.daybook.journal;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The stable name under which events of a class are stored. Without it a class of a sealed
 * hierarchy is stored under its simple name.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface TypeName {
  String value();

  /** Names under which such events were stored before; see {@link EventTypes#withAliases}. */
  String[] aliases() default {};

  /** The version of the class's schema; see {@link EventTypes#withVersion}. */
  int version() default 1;
}
