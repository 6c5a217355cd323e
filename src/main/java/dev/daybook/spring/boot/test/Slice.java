package dev.daybook.spring.boot.test;

import dev.daybook.spring.boot.test.DaybookTest.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.ClassUtils;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.StringUtils;

/**
 * Which beans an application has in a test, and which database. Tests whose slices are equal have
 * equal applications.
 *
 * @param listeners the classes with listener methods; empty for all
 */
record Slice(List<Class<?>> listeners, Database database) implements ContextCustomizer {

  private static final String DIRECTORY = "daybookTestDirectory";
  private static final String URL = "daybook.url";
  private static final String JDBC = "org.springframework.jdbc.core.JdbcTemplate";

  /** What is meant for the application's database, and might be refused by another one. */
  private static final List<String> OF_THE_DATABASE =
      List.of("daybook.data-source", "daybook.schema", "daybook.push");

  private static final List<String> OF_A_FILE =
      List.of("daybook.wal", "daybook.synchronous", "daybook.cache-size", "daybook.busy-timeout");

  @Override
  public void customizeContext(
      ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
    DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
    beans.registerSingleton(OnlyListeners.class.getName(), new OnlyListeners(listeners));
    if (database != Database.APPLICATION) {
      Path directory = newDirectory();
      // Deleted last, because it is registered first.
      beans.registerDisposableBean(DIRECTORY, () -> FileSystemUtils.deleteRecursively(directory));
      ConfigurableEnvironment environment = context.getEnvironment();
      environment
          .getPropertySources()
          .addFirst(new MapPropertySource("daybookTest", properties(environment, directory)));
    }
  }

  private Map<String, Object> properties(ConfigurableEnvironment environment, Path directory) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("spring.datasource.url", "jdbc:sqlite:" + directory.resolve("application.db"));
    properties.put("spring.datasource.driver-class-name", "org.sqlite.JDBC");
    OF_THE_DATABASE.forEach(name -> properties.put(name, ""));
    if (database == Database.MEMORY) {
      properties.put(URL, ":memory:");
      OF_A_FILE.forEach(name -> properties.put(name, ""));
    } else if (StringUtils.hasText(environment.getProperty(URL)) || !hasDataSource()) {
      properties.put(URL, directory.resolve("daybook.db").toString());
    }
    return properties;
  }

  private static boolean hasDataSource() {
    return ClassUtils.isPresent(JDBC, Slice.class.getClassLoader());
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("daybook-test-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
