package dev.daybook.snapshot.internal;

import dev.daybook.codec.internal.StateCodec;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.statements.Lazy;
import java.time.Clock;
import java.util.function.Supplier;

/** What all snapshot stores of one Daybook share. */
record SnapshotEnvironment(
    Database database,
    Clock clock,
    Supplier<StateCodec> states,
    Lazy<SnapshotStatements> statements) {}
