package dev.daybook.architecture.violation;

import dev.daybook.testing.TestClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.logging.Logger;
import jdk.jfr.Event;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.Sequence;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.transaction.PlatformTransactionManager;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** Breaks the rules, one by one, so that a test can show that they would notice. */
public class EveryRuleUtil {

  /** Plain SQL by a call. */
  Query plainSqlByCall(DSLContext dsl) {
    return dsl.query("vacuum");
  }

  /** Plain SQL by a method reference, where no call is to be seen. */
  List<Field<Object>> plainSqlByReference(List<String> names) {
    return names.stream().map(DSL::field).toList();
  }

  /** SQLite has no MERGE. */
  Object unsupportedByCall(DSLContext dsl) {
    return dsl.mergeInto(DSL.table(DSL.name("t")));
  }

  /** SQLite has no sequences. */
  Function<Sequence<Long>, Field<Long>> unsupportedByReference() {
    return Sequence::nextval;
  }

  void spring(PlatformTransactionManager manager) {
    manager.commit(manager.getTransaction(null));
  }

  void junit(ExtensionContext context) {
    context.publishReportEntry("tested");
  }

  TestClock testing() {
    return TestClock.atBeginning();
  }

  void jta(TransactionManager manager) throws SystemException {
    manager.setRollbackOnly();
  }

  String jackson3(JsonMapper mapper) {
    return mapper.writeValueAsString(this);
  }

  void metered(MeterRegistry registry) {
    registry.clear();
  }

  void traced(Span span) {
    span.end();
  }

  void recorded(Event event) {
    event.commit();
  }

  public DSLContext shown(Connection connection) {
    return DSL.using(connection, SQLDialect.SQLITE);
  }

  void statement(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("select 1")) {
      statement.setLong(1, 1);
    }
  }

  Instant now() {
    return Instant.now();
  }

  void print() {
    System.out.println("out");
  }

  void log() {
    Logger.getLogger("x").info("logged");
  }

  void fail() {
    throw new RuntimeException("generic");
  }

  @SuppressWarnings("AnnotateFormatMethod") // Only for what it does with the digits.
  String digits(int number) {
    return String.format("%d", number);
  }

  Object commandLine() {
    return new CommandLine(this);
  }

  Object flyway() {
    return Flyway.configure();
  }
}
