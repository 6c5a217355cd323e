package dev.daybook.conformance.hosts;

import dev.daybook.spring.SpringTransactions;
import dev.daybook.transaction.TransactionHost;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A Spring application with JPA, as Spring Boot sets it up: an entity manager factory of Spring's,
 * a {@code JpaTransactionManager}, and services whose methods are {@code @Transactional}. Hibernate
 * takes a fifth of a second to start, so an application that a test has ended serves a later test
 * of the same kind of database, with that test's connections.
 */
final class SpringJpaHostFixture implements JpaHostFixture {

  private static final Map<SQLDialect, Queue<AnnotationConfigApplicationContext>> ENDED =
      new ConcurrentHashMap<>();

  private final SQLDialect family;
  private final AnnotationConfigApplicationContext context;
  private final DelegatingDataSource dataSource;
  private final Service service;
  private final EntityManager entityManager;
  private final SpringTransactions host;

  SpringJpaHostFixture(DataSource connections, SQLDialect family) {
    this.family = family;
    AnnotationConfigApplicationContext ended = ended(family).poll();
    this.context = ended == null ? start(connections, family) : ended;
    this.dataSource = context.getBean(DelegatingDataSource.class);
    dataSource.setTargetDataSource(connections);
    this.service = context.getBean(Service.class);
    this.entityManager = SharedEntityManagerCreator.createSharedEntityManager(factory());
    this.host =
        SpringTransactions.of(dataSource, context.getBean(PlatformTransactionManager.class));
  }

  private static Queue<AnnotationConfigApplicationContext> ended(SQLDialect family) {
    return ENDED.computeIfAbsent(family, key -> new ConcurrentLinkedQueue<>());
  }

  private static AnnotationConfigApplicationContext start(
      DataSource connections, SQLDialect family) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.registerBean(
        "dataSource", DelegatingDataSource.class, () -> new DelegatingDataSource(connections));
    context.registerBean("family", SQLDialect.class, () -> family);
    context.register(Application.class);
    context.refresh();
    return context;
  }

  /** What the application configures. */
  @Configuration
  @EnableTransactionManagement
  static class Application {

    @Bean
    LocalContainerEntityManagerFactoryBean entityManagerFactory(
        DataSource dataSource, SQLDialect family) {
      LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
      factory.setPersistenceUnitName("orders");
      factory.setDataSource(dataSource);
      factory.setManagedTypes(PersistenceManagedTypes.of(OrderRow.class.getName()));
      factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
      factory.setJpaPropertyMap(
          Map.of(
              "hibernate.dialect",
              JpaHostFixture.dialect(family),
              "hibernate.boot.allow_jdbc_metadata_access",
              "false"));
      return factory;
    }

    @Bean
    PlatformTransactionManager transactionManager(EntityManagerFactory factory) {
      return new JpaTransactionManager(factory);
    }

    @Bean
    Service service() {
      return new Service();
    }
  }

  /** Spring calls its methods through a proxy, which begins and ends the transactions. */
  static class Service {

    @Transactional
    void required(Code code) {
      code.unchecked();
    }

    @Transactional(propagation = Propagation.REQUIRES_NEW)
    void requiresNew(Code code) {
      code.unchecked();
    }

    @Transactional(propagation = Propagation.NESTED)
    void nested(Code code) {
      code.unchecked();
    }

    @Transactional(readOnly = true)
    void readOnly(Code code) {
      code.unchecked();
    }
  }

  EntityManagerFactory factory() {
    return context.getBean(EntityManagerFactory.class);
  }

  @Override
  public TransactionHost host() {
    return host;
  }

  @Override
  public DataSource dataSource() {
    return dataSource;
  }

  @Override
  public void inTransaction(Code code) {
    service.required(code);
  }

  @Override
  public void inNew(Code code) {
    service.requiresNew(code);
  }

  /** {@code NESTED}, which Hibernate's dialect of Spring does not support. */
  void nested(Code code) {
    service.nested(code);
  }

  @Override
  public void readOnly(Code code) {
    service.readOnly(code);
  }

  @Override
  public void markForRollback() {
    TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
  }

  @Override
  public void afterCommit(Runnable code) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            code.run();
          }
        });
  }

  @Override
  public void insertOrder(long id) {
    insertOrderByJpa(id);
  }

  @Override
  public void insertOrderByJdbc(long id) {
    new JdbcTemplate(dataSource).update("insert into orders (id) values (?)", id);
  }

  @Override
  public EntityManager entityManager() {
    return entityManager;
  }

  @Override
  public DSLContext dsl() {
    return DSL.using(
        new DataSourceConnectionProvider(new TransactionAwareDataSourceProxy(dataSource)), family);
  }

  @Override
  public void close() {
    ended(family).add(context);
  }
}
