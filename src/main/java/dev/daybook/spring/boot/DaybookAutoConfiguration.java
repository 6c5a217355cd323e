package dev.daybook.spring.boot;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import dev.daybook.error.InvalidInputException;
import dev.daybook.observation.StoreObserver;
import dev.daybook.spring.SpringTransactions;
import dev.daybook.subscription.Subscriber;
import dev.daybook.transaction.TransactionHost;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The beans of Daybook in an application of Spring Boot, 3.5 or 4:
 *
 * <ul>
 *   <li>a {@link Daybook} on the application's data source, which joins the application's
 *       transactions, or on the database of {@code daybook.url}. It opens after the application's
 *       own migrations, and is closed before the data source. If the data source leads to a SQLite
 *       file, the Daybook opens the same file with connections of its own, so that the
 *       application's pool may be small;
 *   <li>a {@code DaybookBuilder} for each that asks for one, from which that Daybook is made;
 *   <li>a {@code Journal<E>} for each bean of {@code EventTypes<E>}, unless there is one;
 *   <li>{@link DaybookSubscriptions}, which runs the {@link Subscriber} beans and the methods with
 *       {@link DaybookListener}.
 * </ul>
 *
 * <p>Each bean gives way to one of the application's own. {@link DaybookProperties} and {@link
 * DaybookCustomizer} say how the Daybook is built. Beans of {@link StoreObserver} are attached to
 * it. It maps events by the application's {@code ObjectMapper} of Jackson 2, if it has one, and by
 * Daybook's own mapper otherwise.
 */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
      "org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration",
      "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration",
      "org.springframework.boot.autoconfigure.transaction.jta.JtaAutoConfiguration",
      "org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
      "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
      "org.springframework.boot.transaction.jta.autoconfigure.JtaAutoConfiguration"
    })
@ConditionalOnProperty(prefix = "daybook", name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(DaybookProperties.class)
public final class DaybookAutoConfiguration {

  DaybookAutoConfiguration() {}

  /** Apart, because an application without transactions has no Spring classes for them. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(
      name = {
        "org.springframework.jdbc.datasource.DataSourceUtils",
        "org.springframework.transaction.ConfigurableTransactionManager"
      })
  static class Transactions {

    @Bean
    @ConditionalOnMissingBean(TransactionHost.class)
    @ConditionalOnBean(DataSource.class)
    @ConditionalOnSingleCandidate(PlatformTransactionManager.class)
    @Conditional(WithoutUrl.class)
    SpringTransactions daybookTransactions(
        DaybookProperties properties, BeanFactory beans, PlatformTransactionManager manager) {
      return SpringTransactions.of(dataSource(properties, beans), manager);
    }
  }

  /** A database of Daybook's own has no transactions of the application's. */
  static final class WithoutUrl extends NoneNestedConditions {

    WithoutUrl() {
      super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnProperty(prefix = "daybook", name = "url")
    static class Url {}
  }

  /** A new one for each that asks, to which everything is applied. */
  @Bean
  @ConditionalOnMissingBean
  @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
  DaybookBuilder daybookBuilder(
      DaybookProperties properties,
      BeanFactory beans,
      ObjectProvider<TransactionHost> transactions,
      ObjectProvider<ObjectMapper> mapper,
      ObjectProvider<StoreObserver> observers,
      ObjectProvider<DaybookCustomizer> customizers) {
    String url = properties.url();
    DaybookBuilder builder;
    if (url != null) {
      builder = Daybook.builder(url);
    } else {
      builder = ApplicationDatabase.builder(dataSource(properties, beans));
      transactions.ifUnique(builder::transactions);
    }
    mapper.ifUnique(builder::json);
    properties.applyTo(builder);
    observers.orderedStream().forEach(builder::observe);
    customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
    return builder;
  }

  @Bean
  @ConditionalOnMissingBean
  Daybook daybook(DaybookBuilder builder) {
    return builder.build();
  }

  @Bean
  static JournalBeans daybookJournals() {
    return new JournalBeans();
  }

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnSingleCandidate(Daybook.class)
  DaybookSubscriptions daybookSubscriptions(
      Daybook daybook,
      DaybookProperties properties,
      ObjectProvider<Subscriber<?>> subscribers,
      ConfigurableListableBeanFactory beans) {
    return new DaybookSubscriptions(
        daybook,
        properties.subscriptions().autoStart(),
        subscribers,
        new ListenerMethods(daybook, beans));
  }

  private static DataSource dataSource(DaybookProperties properties, BeanFactory beans) {
    String name = properties.dataSource();
    if (name != null) {
      return beans.getBean(name, DataSource.class);
    }
    ObjectProvider<DataSource> all = beans.getBeanProvider(DataSource.class);
    DataSource only = all.getIfUnique();
    if (only != null) {
      return only;
    }
    throw new InvalidInputException(
        all.stream().findAny().isPresent()
            ? "the application has several data sources; expected the name of one in daybook.data-source, or a primary one"
            : "the application has no data source; expected one, or a file or a URL in daybook.url; daybook.enabled=false leaves Daybook out");
  }
}
