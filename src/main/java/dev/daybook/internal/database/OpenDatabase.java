package dev.daybook.internal.database;

import dev.daybook.internal.access.StoreAccess;
import dev.daybook.internal.dialect.FileWatch;
import dev.daybook.internal.dialect.WalFile;
import dev.daybook.internal.signals.CommitPusher;
import dev.daybook.internal.signals.CommitSignal;
import dev.daybook.internal.statements.SqlContext;
import dev.daybook.internal.transactions.TransactionSql;
import java.util.Optional;
import org.jooq.DSLContext;

/** What is known of a database once it is open. */
record OpenDatabase(
    SqlContext context,
    DSLContext renderer,
    TransactionSql sql,
    StoreAccess access,
    FileWatch files,
    Optional<WalFile> log,
    CommitSignal commitSignal,
    Optional<CommitPusher> pusher,
    String schemaVersion) {}
