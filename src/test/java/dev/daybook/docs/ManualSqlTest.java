package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The SQL of the pages, which the server takes; {@code PostgresRolesTest} runs the grants. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ManualSqlTest {

  private static final String GRANTS = "grants";

  @Test
  void the_server_takes_every_statement() throws IOException, SQLException {
    List<Block> blocks = Block.all("sql");
    assertThat(blocks)
        .extracting(Block::marker)
        .containsExactlyInAnyOrderElementsOf(BlockCoverage.SQL);
    try (PostgresDatabase database = PostgresServer.shared().newMigratedDatabase();
        Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (Block block : blocks) {
        if (!block.marker().equals(GRANTS)) {
          statement.execute(String.join("\n", block.code()));
        }
      }
    }
  }
}
