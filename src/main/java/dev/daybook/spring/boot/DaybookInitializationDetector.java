package dev.daybook.spring.boot;

import dev.daybook.Daybook;
import java.util.Set;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDependsOnDatabaseInitializationDetector;

/**
 * Lets the application's own scripts, Flyway or Liquibase run before a Daybook is there to be used:
 * they may refuse a database that has tables already. In Boot 3 and 4 the class that this extends
 * has the same name.
 */
final class DaybookInitializationDetector
    extends AbstractBeansOfTypeDependsOnDatabaseInitializationDetector {

  @Override
  protected Set<Class<?>> getDependsOnDatabaseInitializationBeanTypes() {
    return Set.of(Daybook.class);
  }
}
