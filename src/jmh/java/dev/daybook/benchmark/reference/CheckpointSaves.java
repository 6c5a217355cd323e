package dev.daybook.benchmark.reference;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Saves a consumer's checkpoint, never backwards: one statement, which needs no transaction. */
final class CheckpointSaves {

  private final PreparedStatement save;

  CheckpointSaves(Connection connection) throws SQLException {
    this.save =
        connection.prepareStatement(
            """
            insert into checkpoints (consumer, global_position, updated_at) values (?, ?, ?)
            on conflict (consumer) do update
              set global_position = excluded.global_position, updated_at = excluded.updated_at
              where checkpoints.global_position <= excluded.global_position""");
  }

  long save(String consumer, long position) throws SQLException {
    save.setString(1, consumer);
    save.setLong(2, position);
    save.setLong(3, System.currentTimeMillis());
    if (save.executeUpdate() == 0) {
      throw new IllegalStateException(consumer + " has come further than " + position);
    }
    return position;
  }
}
