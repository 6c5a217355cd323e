package dev.daybook.journal;

import dev.daybook.meta.Internal;
import java.util.List;

/**
 * What became of an append under an idempotency key.
 *
 * <p>Made by Daybook only; later versions may add methods.
 *
 * @param <E> the type of the events
 */
public sealed interface AppendResult<E> {

  /**
   * The events that are recorded under the key, in order: those of this append, or, if it is
   * repeated, those that are left of the first one. Unmodifiable.
   */
  List<RecordedEvent<E>> events();

  /** Whether the key was seen before on the stream. Then this append wrote nothing. */
  boolean isRepeated();

  /**
   * Whether the append is repeated with other events than those that are recorded: another number
   * of them, or one of another type, with other data or other tags. Metadata and times don't count,
   * because those of a second attempt mostly differ. Data counts as the same if it is written alike
   * by this journal's codec, or if its objects are equal and say the same in any order. Recorded
   * events that were deleted since count as missing.
   */
  boolean hasOtherEvents();

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("the journal makes it")
  record AppendResultValues<E>(
      List<RecordedEvent<E>> events, boolean isRepeated, boolean hasOtherEvents)
      implements AppendResult<E> {}
}
