package dev.daybook.internal.database;

import dev.daybook.internal.access.StoreSessions;
import dev.daybook.internal.dialect.FileWatch;
import dev.daybook.internal.signals.Changes;
import dev.daybook.internal.signals.Pusher;
import dev.daybook.internal.statements.SqlContext;
import dev.daybook.internal.transactions.TransactionSql;
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
