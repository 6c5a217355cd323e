package dev.daybook.benchmark;

import dev.daybook.Daybook;
import java.util.List;

/** What a database holds before anything is measured. */
public interface Data {

  /** What the database is called that holds it. */
  String name();

  /** What the database is called that holds it for the free reference. */
  default String freeName() {
    return "free_" + name();
  }

  /** Whose snapshots the free reference takes over. */
  List<String> snapshots();

  /** Fills an empty database. */
  void fill(Daybook daybook) throws Exception;
}
