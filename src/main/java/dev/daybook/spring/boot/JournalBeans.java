package dev.daybook.spring.boot;

import dev.daybook.Daybook;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.Journal;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;

/**
 * Defines a bean {@code Journal<E>} for each bean of {@code EventTypes<E>} that has none, named
 * like it with "Journal" behind, if the application has one Daybook.
 */
final class JournalBeans implements BeanDefinitionRegistryPostProcessor {

  @Override
  public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
    if (registry instanceof ConfigurableListableBeanFactory beans) {
      String[] daybooks = beans.getBeanNamesForType(Daybook.class, true, false);
      if (daybooks.length == 1) {
        for (String types : beans.getBeanNamesForType(EventTypes.class, true, false)) {
          define(daybooks[0], types, beans, registry);
        }
      }
    }
  }

  private static void define(
      String daybook,
      String types,
      ConfigurableListableBeanFactory beans,
      BeanDefinitionRegistry registry) {
    ResolvableType events = eventsOf(types, beans);
    ResolvableType journal = ResolvableType.forClassWithGenerics(Journal.class, events);
    if (events.resolve() == null || beans.getBeanNamesForType(journal, true, false).length > 0) {
      return;
    }
    RootBeanDefinition definition = new RootBeanDefinition();
    definition.setTargetType(journal);
    definition.setFactoryBeanName(daybook);
    definition.setFactoryMethodName("journal");
    definition
        .getConstructorArgumentValues()
        .addIndexedArgumentValue(0, new RuntimeBeanReference(types));
    registry.registerBeanDefinition(types + "Journal", definition);
  }

  /** The E of a bean of {@code EventTypes<E>}, as it is declared. */
  static ResolvableType eventsOf(String bean, ConfigurableListableBeanFactory beans) {
    return beans.containsBeanDefinition(bean)
        ? beans.getMergedBeanDefinition(bean).getResolvableType().as(EventTypes.class).getGeneric()
        : ResolvableType.NONE;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {}
}
