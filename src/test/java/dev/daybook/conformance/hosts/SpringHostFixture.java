package dev.daybook.conformance.hosts;

import dev.daybook.spring.SpringTransactions;
import dev.daybook.transaction.TransactionHost;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A Spring application: its transaction manager, and the tools that it injects. */
final class SpringHostFixture implements HostFixture {

  private final DataSource dataSource;
  private final SQLDialect family;
  private final DataSourceTransactionManager manager;
  private final ThreadLocal<Deque<TransactionStatus>> running =
      ThreadLocal.withInitial(ArrayDeque::new);
  private final SpringTransactions host;

  SpringHostFixture(DataSource dataSource, SQLDialect family) {
    this.dataSource = dataSource;
    this.family = family;
    this.manager = new DataSourceTransactionManager(dataSource);
    this.host = SpringTransactions.of(dataSource, manager);
  }

  @Override
  public TransactionHost host() {
    return host;
  }

  @Override
  public DataSource dataSource() {
    return dataSource;
  }

  TransactionTemplate template(int propagation) {
    TransactionTemplate template = new TransactionTemplate(manager);
    template.setPropagationBehavior(propagation);
    return template;
  }

  private void run(TransactionTemplate template, Code code) {
    template.executeWithoutResult(
        status -> {
          running.get().push(status);
          try {
            code.unchecked();
          } finally {
            running.get().pop();
          }
        });
  }

  @Override
  public void inTransaction(Code code) {
    run(template(TransactionDefinition.PROPAGATION_REQUIRED), code);
  }

  @Override
  public void inNew(Code code) {
    run(template(TransactionDefinition.PROPAGATION_REQUIRES_NEW), code);
  }

  @Override
  public void inSavepoint(Code code) {
    run(template(TransactionDefinition.PROPAGATION_NESTED), code);
  }

  @Override
  public void readOnly(Code code) {
    TransactionTemplate template = template(TransactionDefinition.PROPAGATION_REQUIRED);
    template.setReadOnly(true);
    run(template, code);
  }

  @Override
  public void markForRollback() {
    running.get().element().setRollbackOnly();
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
    new JdbcTemplate(dataSource).update("insert into orders (id) values (?)", id);
  }

  @Override
  public DSLContext dsl() {
    return DSL.using(
        new DataSourceConnectionProvider(new TransactionAwareDataSourceProxy(dataSource)), family);
  }
}
