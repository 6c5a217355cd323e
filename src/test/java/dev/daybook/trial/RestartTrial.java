package dev.daybook.trial;

import dev.daybook.Daybook;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.trial.Sale.Sold;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** An application that devtools restarts: by its main method, which each restart calls again. */
public final class RestartTrial {

  private static final int STARTS = 3;
  private static final String LOADERS = "daybook.trial.loaders";

  /** Its beans. No component, so that the other application does not find them. */
  @EnableAutoConfiguration
  static class Application {
    @Bean
    EventTypes<Sale> sales() {
      return EventTypes.ofSealed(Sale.class);
    }
  }

  private RestartTrial() {}

  /**
   * Appends an event, reads all, and has devtools restart it, until it has done so three times.
   *
   * @param args properties of the application, as {@code --name=value}
   */
  public static void main(String[] args) throws Exception {
    ConfigurableApplicationContext application = SpringApplication.run(Application.class, args);
    @SuppressWarnings("unchecked") // From Spring: a bean's class does not say of what.
    Journal<Sale> journal = application.getBean(Journal.class);
    journal.append("sale", ExpectedSeq.any(), new Sold(1));

    ClassLoader loader = Sold.class.getClassLoader();
    require(loader.getClass().getSimpleName().equals("RestartClassLoader"), "devtools loads it");
    require(loader != Daybook.class.getClassLoader(), "the library stays loaded");
    Set<Object> loaders = loaders();
    require(loaders.add(loader), "each start loads the events anew");
    List<RecordedEvent<Sale>> events = journal.read(EventQuery.all());
    require(events.size() == loaders.size(), "the events of all starts are there");
    for (RecordedEvent<Sale> event : events) {
      require(event.data().getClass() == Sold.class, "they have the class of this start");
    }
    if (loaders.size() == STARTS) {
      application.close();
      System.out.println("devtools: done");
      System.exit(0);
    }
    Class<?> restarter = Class.forName("org.springframework.boot.devtools.restart.Restarter");
    restarter.getMethod("restart").invoke(restarter.getMethod("getInstance").invoke(null));
  }

  /** They outlive a restart where the classes of this application don't. */
  @SuppressWarnings("unchecked") // It is put there below.
  private static Set<Object> loaders() {
    return (Set<Object>) System.getProperties().computeIfAbsent(LOADERS, it -> new HashSet<>());
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      System.out.println("not so: " + what);
      System.exit(1);
    }
  }
}
