package dev.daybook.cli.importing.foreign;

import dev.daybook.cli.importing.foreign.sources.ForeignSource;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * What of a source can be imported, found out before anything is written.
 *
 * @param content how much that is
 * @param bad what can't be imported
 */
record Survey(ImportedContent content, BadRows bad) {

  /**
   * Reads a source.
   *
   * @param progress is called with the number of events that have been read
   */
  static Survey of(ForeignSource source, Map<String, Long> givenMarks, LongConsumer progress) {
    ImportedContent.Sum sum = new ImportedContent.Sum();
    BadRows bad =
        new SourceWalk(source, givenMarks)
            .run(
                new HashingVisitor(
                    new HashingVisitor.Listener() {
                      @Override
                      public void stream(String id, ContentHash.OfOne content) {
                        sum.stream(content);
                        progress.accept(sum.events());
                      }

                      @Override
                      public void checkpoint(String consumer, long place) {
                        sum.checkpoint(consumer, place);
                      }

                      @Override
                      public void document(String id, ContentHash.OfOne content) {
                        sum.document(content);
                      }
                    }));
    return new Survey(sum.content(), bad);
  }
}
