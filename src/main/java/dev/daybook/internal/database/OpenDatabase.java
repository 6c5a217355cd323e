package dev.daybook.internal.database;

import dev.daybook.internal.dialect.FileWatch;
import dev.daybook.internal.sql.SqlContext;
import dev.daybook.internal.sql.TransactionSql;
import java.util.Optional;
import org.jooq.DSLContext;

/** What is known of a database once it is open. */
record OpenDatabase(
    SqlContext context,
    DSLContext renderer,
    TransactionSql sql,
    StoreSessions sessions,
    FileWatch files,
    Changes changes,
    Optional<Pusher> pusher,
    String schemaVersion) {}
