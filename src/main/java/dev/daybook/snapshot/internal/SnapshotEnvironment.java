package dev.daybook.snapshot.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.sql.RenderedOnce;
import java.time.Clock;

/** What all snapshot stores of one Daybook share. */
record SnapshotEnvironment(
    Database database,
    Clock clock,
    ObjectMapper json,
    RenderedOnce<SnapshotStatements> statements) {}
