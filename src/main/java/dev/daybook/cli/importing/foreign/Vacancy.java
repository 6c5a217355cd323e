package dev.daybook.cli.importing.foreign;

import dev.daybook.Daybook;
import dev.daybook.cli.importing.foreign.sources.ForeignSource;
import dev.daybook.cli.output.ResultPrinter;
import dev.daybook.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes sure that a store has no stream, document or checkpoint of a source before it is imported.
 */
final class Vacancy implements SourceVisitor {

  private static final int MOST_NAMED = 3;

  private final Daybook daybook;
  private final List<String> named = new ArrayList<>();
  private long streams;
  private long documents;
  private long checkpoints;

  private Vacancy(Daybook daybook) {
    this.daybook = daybook;
  }

  /**
   * Checks.
   *
   * @throws InvalidInputException if the store has some of them
   */
  static void require(Daybook daybook, ForeignSource source, Map<String, Long> givenMarks) {
    if (isEmpty(daybook)) {
      return;
    }
    Vacancy vacancy = new Vacancy(daybook);
    new SourceWalk(source, givenMarks).run(vacancy);
    if (!vacancy.named.isEmpty()) {
      throw new InvalidInputException(
          "%s, %s and %s of the file are in the store already, such as %s; expected a store without them; nothing was written"
              .formatted(
                  ResultPrinter.count(vacancy.streams, "stream"),
                  ResultPrinter.count(vacancy.documents, "document"),
                  ResultPrinter.count(vacancy.checkpoints, "checkpoint"),
                  String.join(", ", vacancy.named)));
    }
  }

  private static boolean isEmpty(Daybook daybook) {
    return daybook.rawJournal().streamIds("", "", 1).isEmpty()
        && daybook.documents().listDocIds("", "", 1).isEmpty()
        && daybook.checkpoints().list().isEmpty();
  }

  @Override
  public void stream(String id, long before) {
    if (daybook.rawJournal().highestSeq(id) > 0) {
      streams++;
      name(id);
    }
  }

  @Override
  public void document(String id) {
    if (daybook.documents().currentMeta(id).isPresent()) {
      documents++;
      name(id);
    }
  }

  @Override
  public void checkpoint(String consumer, long place) {
    if (daybook.checkpoints().load(consumer).isPresent()) {
      checkpoints++;
      name(consumer);
    }
  }

  private void name(String id) {
    if (named.size() < MOST_NAMED) {
      named.add('"' + id + '"');
    }
  }
}
