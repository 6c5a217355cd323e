package dev.daybook.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jooq.Configuration;
import org.jooq.SQLDialect;

/** Who may know whom. */
final class DependencyRules {

  private static final String CLI = "dev.daybook.cli..";
  private static final String INTERNAL = "..internal..";
  private static final String DIALECT = "dev.daybook.internal.dialect..";
  private static final String CONNECTIONS = "dev.daybook.internal.connections..";
  private static final String STATEMENTS = "dev.daybook.internal.statements..";
  private static final String TRANSACTIONS = "dev.daybook.internal.transactions..";
  private static final String TRANSACTION = "dev.daybook.transaction..";
  private static final String SPRING = "dev.daybook.spring..";
  private static final String SPRING_BEANS = "dev.daybook.spring.boot.internal..";
  private static final String TESTING = "dev.daybook.testing..";
  private static final String SPRING_TEST = "dev.daybook.spring.boot.test..";
  private static final String JUNIT = "dev.daybook.testing.junit..";
  private static final String JTA = "dev.daybook.jta..";
  private static final String JACKSON_3 = "dev.daybook.codec.jackson3..";
  private static final String SCHEMA = "dev.daybook.internal.schema..";
  private static final String DATABASE = "dev.daybook.internal.database..";

  /** A feature with its internals is one slice, and so is the base package. */
  static final ArchRule FEATURES_HAVE_NO_CYCLES =
      slices().assignedFrom(new Slices("feature", Slices::feature)).should().beFreeOfCycles();

  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().assignedFrom(new Slices("package", Slices::room)).should().beFreeOfCycles();

  static final ArchRule ONLY_ALLOWED_EDGES =
      classes()
          .should(
              new Edges()
                  .allow(
                      "",
                      "codec",
                      "codec.internal",
                      "journal",
                      "journal.internal",
                      "snapshot",
                      "snapshot.internal",
                      "document",
                      "document.internal",
                      "checkpoint",
                      "checkpoint.internal",
                      "stream",
                      "stream.internal",
                      "subscription",
                      "subscription.internal",
                      "query",
                      "query.internal",
                      "maintenance",
                      "maintenance.internal",
                      "transfer",
                      "transfer.internal",
                      "payload",
                      "observation",
                      "internal.callback",
                      "internal.connections",
                      "internal.database",
                      "internal.deadlines",
                      "internal.dialect",
                      "internal.dialect.postgres",
                      "internal.dialect.sqlite",
                      "internal.observation",
                      "internal.schema",
                      "internal.statements",
                      "internal.transactions")
                  .allow("error")
                  .allow("meta")
                  .allow("settings")
                  .allow("transaction")
                  .allow("observation")
                  .allow("spring")
                  .allow(
                      "testing",
                      "",
                      "codec",
                      "codec.internal",
                      "internal.callback",
                      "internal.statements",
                      "journal",
                      "journal.internal.types",
                      "recovery",
                      "subscription")
                  .allow("testing.junit", "", "testing")
                  .allow("jta")
                  .allow("micrometer", "", "journal", "observation")
                  .allow("opentelemetry", "observation")
                  .allow("spring.boot.test", "", "spring.boot", "testing")
                  .allow("internal.input")
                  .allow("codec")
                  .allow("codec.internal", "codec", "internal.json")
                  .allow("spring.boot", "", "journal", "observation", "spring", "subscription")
                  .allow(
                      "spring.boot.internal",
                      "",
                      "journal",
                      "micrometer",
                      "opentelemetry",
                      "spring.boot",
                      "stream",
                      "subscription")
                  .allow("codec.jackson3", "codec", "codec.internal", "internal.json")
                  .allow("payload")
                  .allow("payload.internal", "payload")
                  .allow("journal", "codec", "payload")
                  .allowStore(
                      "journal.internal",
                      "journal",
                      "codec",
                      "codec.internal",
                      "payload",
                      "journal.internal.append",
                      "journal.internal.read",
                      "journal.internal.types",
                      "internal.rows")
                  .allowStore(
                      "journal.internal.append",
                      "journal",
                      "payload",
                      "journal.internal.read",
                      "journal.internal.types",
                      "internal.json",
                      "internal.rows",
                      "internal.signals")
                  .allowStore(
                      "journal.internal.read",
                      "journal",
                      "internal.json",
                      "internal.rows",
                      "internal.signals")
                  .allow(
                      "journal.internal.types",
                      "journal",
                      "codec",
                      "codec.internal",
                      "payload",
                      "payload.internal",
                      "internal.callback")
                  .allow("snapshot", "payload")
                  .allowStore(
                      "snapshot.internal",
                      "snapshot",
                      "journal",
                      "codec.internal",
                      "payload",
                      "payload.internal",
                      "internal.rows")
                  .allow("document")
                  .allowStore("document.internal", "document", "internal.json", "internal.rows")
                  .allow("checkpoint")
                  .allowStore("checkpoint.internal", "checkpoint", "internal.rows")
                  .allow("stream", "journal")
                  .allowStore(
                      "stream.internal",
                      "stream",
                      "journal",
                      "journal.internal",
                      "journal.internal.read",
                      "internal.rows")
                  .allow("subscription", "journal", "observation")
                  .allowStore(
                      "subscription.internal",
                      "subscription",
                      "checkpoint",
                      "journal",
                      "journal.internal",
                      "journal.internal.read",
                      "subscription.internal.deadletters",
                      "subscription.internal.handling",
                      "subscription.internal.inline",
                      "subscription.internal.leases",
                      "subscription.internal.store",
                      "subscription.internal.threads",
                      "internal.rows",
                      "internal.signals")
                  .allowStore(
                      "subscription.internal.store",
                      "subscription",
                      "journal.internal.read",
                      "internal.rows")
                  .allowStore(
                      "subscription.internal.leases",
                      "subscription",
                      "journal",
                      "subscription.internal.store")
                  .allowStore(
                      "subscription.internal.deadletters",
                      "subscription",
                      "journal",
                      "journal.internal.read",
                      "subscription.internal.store")
                  .allow("subscription.internal.threads", "internal.callback", "internal.deadlines")
                  .allowStore(
                      "subscription.internal.handling",
                      "subscription",
                      "journal",
                      "journal.internal.read",
                      "subscription.internal.deadletters",
                      "subscription.internal.leases",
                      "subscription.internal.store",
                      "subscription.internal.threads")
                  .allowStore(
                      "subscription.internal.inline",
                      "subscription",
                      "journal",
                      "codec",
                      "payload",
                      "subscription.internal.store")
                  .allow("query", "journal")
                  .allow(
                      "query.internal",
                      "query",
                      "journal",
                      "journal.internal",
                      "journal.internal.read",
                      "internal.callback",
                      "internal.database",
                      "internal.signals")
                  .allow("maintenance", "journal")
                  .allowStore(
                      "maintenance.internal",
                      "maintenance",
                      "journal.internal.read",
                      "maintenance.internal.backup",
                      "maintenance.internal.verify")
                  .allow(
                      "maintenance.internal.backup",
                      "maintenance",
                      "maintenance.internal.verify",
                      "internal.database",
                      "internal.deadlines",
                      "internal.statements")
                  .allowStore(
                      "maintenance.internal.verify",
                      "maintenance",
                      "journal",
                      "journal.internal.read",
                      "snapshot.internal",
                      "document",
                      "document.internal",
                      "payload",
                      "payload.internal",
                      "internal.connections",
                      "internal.json",
                      "internal.rows")
                  .allow("transfer")
                  .allowStore("transfer.internal", "transfer", "internal.rows")
                  .allow("recovery", "journal", "snapshot", "internal.deadlines")
                  .allow("cli", "", "cli.commands", "cli.options", "cli.output")
                  .allow(
                      "cli.commands",
                      "",
                      "journal",
                      "snapshot",
                      "document",
                      "maintenance",
                      "stream",
                      "query",
                      "cli.consumers",
                      "cli.demo",
                      "cli.help",
                      "cli.importing",
                      "cli.importing.foreign",
                      "cli.json",
                      "cli.operations",
                      "cli.options",
                      "cli.output")
                  .allow(
                      "cli.operations",
                      "",
                      "journal",
                      "maintenance",
                      "transfer",
                      "cli.options",
                      "cli.output")
                  .allow("cli.demo", "", "journal", "cli.importing", "cli.options", "cli.output")
                  .allow("cli.json", "internal.json")
                  .allow(
                      "cli.importing",
                      "",
                      "journal",
                      "document",
                      "cli.json",
                      "cli.options",
                      "cli.output",
                      "internal.json")
                  .allow("cli.help")
                  .allow(
                      "cli.consumers",
                      "",
                      "journal",
                      "checkpoint",
                      "maintenance",
                      "subscription",
                      "cli.options",
                      "cli.output")
                  .allow(
                      "cli.importing.foreign",
                      "",
                      "checkpoint",
                      "journal",
                      "snapshot",
                      "snapshot.internal",
                      "document",
                      "payload.internal",
                      "stream",
                      "cli.importing",
                      "cli.importing.foreign.sources",
                      "cli.json",
                      "cli.options",
                      "cli.output",
                      "internal.connections",
                      "internal.rows")
                  .allow(
                      "cli.importing.foreign.sources",
                      "journal",
                      "snapshot.internal",
                      "document",
                      "payload.internal",
                      "cli.importing",
                      "internal.connections",
                      "internal.json",
                      "internal.rows")
                  .allow("cli.options", "", "maintenance", "cli.json", "cli.output")
                  .allow(
                      "cli.output",
                      "",
                      "journal",
                      "maintenance",
                      "payload",
                      "payload.internal",
                      "internal.json")
                  .allow("internal.callback")
                  .allow("internal.recording", "observation")
                  .allow(
                      "internal.observation",
                      "observation",
                      "internal.callback",
                      "internal.recording",
                      "internal.statements")
                  .allow("internal.jooq")
                  .allow("internal.json")
                  .allow(
                      "internal.rows",
                      "internal.dialect",
                      "internal.jooq",
                      "internal.statements",
                      "internal.transactions")
                  .allow("internal.deadlines")
                  .allow("internal.dialect")
                  .allow("internal.dialect.sqlite", "internal.dialect")
                  .allow("internal.dialect.postgres", "internal.dialect")
                  .allow(
                      "internal.connections",
                      "internal.dialect",
                      "internal.dialect.postgres",
                      "internal.dialect.sqlite")
                  .allow("internal.statements", "internal.deadlines", "internal.dialect")
                  .allow("internal.groupcommit", "internal.deadlines", "internal.statements")
                  .allow(
                      "internal.transactions",
                      "internal.callback",
                      "internal.deadlines",
                      "internal.dialect",
                      "internal.groupcommit",
                      "internal.statements")
                  .allow(
                      "internal.schema", "internal.dialect", "internal.jooq", "internal.statements")
                  .allow(
                      "internal.access",
                      "internal.deadlines",
                      "internal.dialect",
                      "internal.groupcommit",
                      "internal.statements",
                      "internal.transactions")
                  .allow(
                      "internal.signals",
                      "internal.access",
                      "internal.deadlines",
                      "internal.dialect",
                      "internal.statements")
                  .allow(
                      "internal.database",
                      "internal.access",
                      "internal.callback",
                      "internal.connections",
                      "internal.deadlines",
                      "internal.dialect",
                      "internal.dialect.sqlite",
                      "internal.groupcommit",
                      "internal.observation",
                      "internal.schema",
                      "internal.signals",
                      "internal.statements",
                      "internal.transactions"));

  static final ArchRule ONLY_THE_COMMAND_LINE_KNOWS_ITSELF_AND_PICOCLI =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CLI, "picocli..");

  static final ArchRule ONLY_ITS_PACKAGE_KNOWS_SPRING =
      noClasses()
          .that()
          .resideOutsideOfPackage(SPRING)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SPRING, "org.springframework..");

  static final ArchRule ONLY_ITS_PACKAGE_KNOWS_JUNIT =
      noClasses()
          .that()
          .resideOutsideOfPackages(JUNIT, SPRING_TEST)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(JUNIT, "org.junit..", "org.opentest4j..", "org.assertj..");

  static final ArchRule THE_LIBRARY_DOES_NOT_KNOW_ITS_TESTING =
      noClasses()
          .that()
          .resideOutsideOfPackages(TESTING, SPRING_TEST)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(TESTING);

  static final ArchRule ONLY_ITS_PACKAGE_KNOWS_JTA =
      noClasses()
          .that()
          .resideOutsideOfPackage(JTA)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(JTA, "jakarta.transaction..");

  static final ArchRule ONLY_ITS_PACKAGE_KNOWS_JACKSON_3 =
      noClasses()
          .that()
          .resideOutsideOfPackage(JACKSON_3)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(JACKSON_3, "tools.jackson..");

  /** And that which finds an application's beans of them. */
  static final ArchRule ONLY_THEIR_PACKAGES_KNOW_TOOLS_THAT_WATCH =
      CompositeArchRule.of(onlyKnownIn("dev.daybook.micrometer..", "io.micrometer.."))
          .and(onlyKnownIn("dev.daybook.opentelemetry..", "io.opentelemetry.."))
          .and(onlyKnownIn("dev.daybook.internal.recording..", "jdk.jfr.."));

  private static ArchRule onlyKnownIn(String pack, String library) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(pack, SPRING_BEANS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library);
  }

  /** The configuration or the connection of a caller's transaction is the one way around it. */
  static final ArchRule NO_PUBLIC_SIGNATURE_SHOWS_WHAT_IS_INTERNAL =
      classes()
          .that()
          .haveModifier(JavaModifier.PUBLIC)
          .and()
          .resideOutsideOfPackages(INTERNAL, CLI)
          .should(
              new PublicSignatures(
                  "show no jOOQ, no JDBC and nothing internal",
                  resideInAPackage("org.jooq..")
                      .and(belongToAnyOf(Configuration.class).negate())
                      .or(resideInAPackage(INTERNAL))
                      .or(
                          resideInAPackage("java.sql..")
                              .and(belongToAnyOf(Connection.class, SQLException.class).negate()))));

  static final ArchRule GENERATED_TABLES_ARE_INTERNAL =
      classes()
          .that()
          .resideInAPackage("dev.daybook.internal.jooq..")
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAPackage(INTERNAL);

  static final ArchRule ONLY_THE_DIALECT_KNOWS_DATABASES_AND_DRIVERS =
      noClasses()
          .that()
          .resideOutsideOfPackages(DIALECT, CONNECTIONS)
          .should()
          .dependOnClassesThat(
              belongToAnyOf(SQLDialect.class)
                  .or(resideInAPackage("org.sqlite.."))
                  .or(resideInAPackage("org.postgresql.."))
                  .or(resideInAPackage("com.zaxxer..")));

  /** Pragmas belong to the dialect, which can't depend on the room. */
  static final ArchRule ONLY_ONE_ROOM_RUNS_STATEMENTS =
      noClasses()
          .that()
          .resideOutsideOfPackage(STATEMENTS)
          .and()
          .doNotHaveFullyQualifiedName("dev.daybook.internal.dialect.sqlite.SqlitePragmas")
          .should()
          .dependOnClassesThat(
              belongToAnyOf(
                  Statement.class,
                  PreparedStatement.class,
                  CallableStatement.class,
                  ResultSet.class));

  /** And those by which a caller's connection comes in. */
  static final ArchRule ONLY_INTERNALS_HOLD_CONNECTIONS =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              DIALECT,
              CONNECTIONS,
              STATEMENTS,
              TRANSACTIONS,
              SCHEMA,
              DATABASE,
              TRANSACTION,
              SPRING,
              JTA)
          .and()
          .doNotHaveFullyQualifiedName("dev.daybook.Daybook")
          .should()
          .dependOnClassesThat(belongToAnyOf(Connection.class));

  static final ArchRule ONLY_THE_SCHEMA_KNOWS_FLYWAY =
      noClasses()
          .that()
          .resideOutsideOfPackage(SCHEMA)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.flywaydb..");

  private DependencyRules() {}
}
