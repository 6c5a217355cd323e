package dev.daybook.cli.importing.foreign;

import dev.daybook.Daybook;
import dev.daybook.cli.importing.foreign.sources.ForeignSource;
import dev.daybook.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes sure that a store has no stream and no document of a source before it is imported. */
final class Vacancy implements SourceVisitor {

  private static final int MOST_NAMED = 3;

  private final Daybook daybook;
  private final List<String> named = new ArrayList<>();
  private long streams;
  private long documents;

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
          "%s streams and %s documents of the file are in the store already, such as %s; expected a store without them; nothing was written"
              .formatted(vacancy.streams, vacancy.documents, String.join(", ", vacancy.named)));
    }
  }

  private static boolean isEmpty(Daybook daybook) {
    return daybook.rawJournal().streamIds("", "", 1).isEmpty()
        && daybook.documents().listDocIds("", "", 1).isEmpty();
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

  private void name(String id) {
    if (named.size() < MOST_NAMED) {
      named.add('"' + id + '"');
    }
  }
}
