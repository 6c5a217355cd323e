package dev.daybook.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.docs.shop.Shop;
import dev.daybook.docs.shop.ShopApplication;
import dev.daybook.fixture.ApplicationLibraries;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

/**
 * An application whose classes are loaded anew, as devtools does: the libraries stay loaded, and
 * have seen the classes of before.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReloadingTest {

  /** Loads the application's classes itself, before it asks for those of the libraries. */
  private static final class ApplicationLoader extends URLClassLoader {
    ApplicationLoader(Path classes) throws MalformedURLException {
      super(new URL[] {classes.toUri().toURL()}, ApplicationLibraries.loader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(ShopApplication.class.getPackageName() + ".")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }

  @TempDir private Path directory;

  @Test
  void each_start_has_its_own_classes_and_the_events_of_all() throws Exception {
    Set<Class<?>> classes = new HashSet<>();
    for (int start = 1; start <= 3; start++) {
      try (ApplicationLoader loader = new ApplicationLoader(Path.of("target", "test-classes"))) {
        classes.addAll(classesOfEvents(loader, start));
      }
    }
    assertThat(classes).hasSize(3);
  }

  private Set<Class<?>> classesOfEvents(ClassLoader loader, int start) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try (ConfigurableApplicationContext application = run(loader)) {
      Class<?> shop = loader.loadClass(Shop.class.getName());
      assertThat(shop).isNotEqualTo(Shop.class);
      shop.getMethod("place", String.class, String.class)
          .invoke(application.getBean(shop), "order-" + start, "book");
      Await.position(
          application.getBean(DaybookSubscriptions.class).find("sales").orElseThrow(), start);

      Set<Class<?>> classes = new HashSet<>();
      List<? extends RecordedEvent<?>> events = events(application);
      assertThat(events).hasSize(start);
      events.forEach(event -> classes.add(event.data().getClass()));
      assertThat(application.getBean(Daybook.class).subscriptions().deadLetters()).isEmpty();
      return classes;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static List<? extends RecordedEvent<?>> events(
      ConfigurableApplicationContext application) {
    Journal<?> journal = application.getBean(Journal.class);
    return journal.read(EventQuery.all());
  }

  private ConfigurableApplicationContext run(ClassLoader loader) throws Exception {
    Path schema = directory.resolve("schema.sql");
    Files.writeString(schema, "create table if not exists sales (item varchar(100));");
    return new SpringApplicationBuilder(
            new DefaultResourceLoader(loader), loader.loadClass(ShopApplication.class.getName()))
        .web(WebApplicationType.NONE)
        .properties(
            "spring.datasource.url=jdbc:sqlite:" + directory.resolve("shop.db"),
            "spring.sql.init.mode=always",
            "spring.sql.init.schema-locations=file:" + schema,
            "spring.main.banner-mode=off",
            "spring.main.register-shutdown-hook=false")
        .run();
  }
}
