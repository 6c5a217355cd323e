package dev.daybook.spring.boot;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Leaves Boot 3's Flyway out of an application that does not use it. Daybook brings Flyway along,
 * and Boot 3 runs it for the application as soon as it is there: on a database that has tables
 * already the start would fail. An application uses it that has the directory {@code db/migration},
 * or a property {@code spring.flyway.…}. Boot 4 runs Flyway only if the application asks for it.
 */
final class UnusedFlyway
    implements AutoConfigurationImportFilter, EnvironmentAware, BeanClassLoaderAware {

  private static final String FLYWAY =
      "org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration";

  private static final String MIGRATIONS = "db/migration";

  private @Nullable Environment environment;
  private @Nullable ClassLoader classes;

  @Override
  public boolean[] match(
      @Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
    boolean[] kept = new boolean[autoConfigurations.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = !FLYWAY.equals(autoConfigurations[i]) || isUsed();
    }
    return kept;
  }

  private boolean isUsed() {
    ClassLoader all = classes == null ? ClassUtils.getDefaultClassLoader() : classes;
    return environment == null
        || all == null
        || all.getResource(MIGRATIONS) != null
        || Binder.get(environment)
                .bind("spring.flyway", Bindable.mapOf(String.class, Object.class))
                .map(Map::size)
                .orElse(0)
            > 0;
  }

  @Override
  public void setEnvironment(Environment given) {
    this.environment = given;
  }

  @Override
  public void setBeanClassLoader(ClassLoader given) {
    this.classes = given;
  }
}
