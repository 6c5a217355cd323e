package dev.daybook.internal.dialect.postgres;

import dev.daybook.internal.dialect.AdvisedSetting;
import dev.daybook.internal.dialect.ServerConnections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.impl.DSL;

/**
 * Settings of a server, of a session and of a store's tables that differ from what is advised, and
 * how many connections there are. The DSL does not know the system's views.
 */
final class PostgresAdvice {

  private record Rule(
      String setting, String wrong, String advised, String action, boolean risksData) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "fsync",
              "off",
              "on",
              "a crash of the machine may damage the whole database; set it in postgresql.conf",
              true),
          new Rule(
              "full_page_writes",
              "off",
              "on",
              "a crash of the machine may damage pages; set it in postgresql.conf",
              true),
          new Rule(
              "synchronous_commit",
              "off",
              "on",
              "a crash of the server loses the last commits; set it for the server, the database or the user",
              true),
          new Rule(
              "zero_damaged_pages",
              "on",
              "off",
              "a damaged page is read as if it were empty; use it only to rescue data",
              true),
          new Rule(
              "ignore_checksum_failure",
              "on",
              "off",
              "a damaged page is read as if it were whole; use it only to rescue data",
              true),
          new Rule(
              "wal_level",
              "minimal",
              "replica",
              "neither a standby nor an archive of the log can be made; set it in postgresql.conf and start the server again",
              false),
          new Rule(
              "autovacuum",
              "off",
              "on",
              "tables and indexes grow, and plans are made by old statistics; set it in postgresql.conf",
              false),
          new Rule(
              "track_counts",
              "off",
              "on",
              "autovacuum does not know what to do; set it in postgresql.conf",
              false));

  private PostgresAdvice() {}

  static List<AdvisedSetting> differing(DSLContext dsl, List<Name> tables) {
    List<AdvisedSetting> differing = new ArrayList<>();
    Map<String, String> settings =
        dsl.resultQuery(
                "select name, setting from pg_settings where name in ({0})",
                DSL.list(RULES.stream().map(rule -> DSL.inline(rule.setting())).toList()))
            .fetchMap(row -> row.get(0, String.class), row -> row.get(1, String.class));
    for (Rule rule : RULES) {
      if (rule.wrong().equals(settings.get(rule.setting()))) {
        differing.add(
            new AdvisedSetting(
                rule.setting(), rule.wrong(), rule.advised(), rule.action(), rule.risksData()));
      }
    }
    for (String table : unvacuumed(dsl, tables)) {
      differing.add(
          new AdvisedSetting(
              "autovacuum_enabled of " + table,
              "false",
              "true",
              "the table and its indexes grow, and plans are made by old statistics; run: alter table %s reset (autovacuum_enabled)"
                  .formatted(table),
              false));
    }
    return differing;
  }

  private static List<String> unvacuumed(DSLContext dsl, List<Name> tables) {
    return dsl.resultQuery(
            """
            select c.oid::regclass::text from pg_class as c, pg_options_to_table(c.reloptions) as o
            where c.oid in ({0}) and o.option_name = 'autovacuum_enabled' and not o.option_value::boolean
            order by 1
            """,
            DSL.list(
                tables.stream()
                    .map(name -> DSL.field("to_regclass({0})", DSL.inline(dsl.render(name))))
                    .toList()))
        .fetch(0, String.class);
  }

  static ServerConnections connections(DSLContext dsl) {
    Record counts =
        dsl.resultQuery(
                """
                select coalesce(sum(numbackends) filter (where datname = current_database()), 0)::int,
                  coalesce(sum(numbackends), 0)::int,
                  current_setting('max_connections')::int
                    - current_setting('superuser_reserved_connections')::int
                from pg_stat_database
                """)
            .fetchSingle();
    return new ServerConnections(
        counts.get(0, Integer.class), counts.get(1, Integer.class), counts.get(2, Integer.class));
  }
}
