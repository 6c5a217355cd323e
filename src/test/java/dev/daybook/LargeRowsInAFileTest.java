package dev.daybook;

import org.junit.jupiter.api.Test;

class LargeRowsInAFileTest extends LargeRows {

  @Test
  void a_file() throws Exception {
    assertWorks(directory.resolve("large.db").toString(), MANY);
  }

  /** A server's rows come in pieces, of a size that the rows before tell. */
  @Test
  void a_file_whose_rows_are_suddenly_larger() throws Exception {
    assertWorks(directory.resolve("large.db").toString(), SUDDENLY_LARGE);
  }
}
