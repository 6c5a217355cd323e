package dev.daybook;

import dev.daybook.checkpoint.CheckpointStore;
import dev.daybook.codec.Codecs;
import dev.daybook.document.DocumentStore;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.Journal;
import dev.daybook.snapshot.SnapshotOptions;
import dev.daybook.snapshot.SnapshotStore;
import dev.daybook.stream.Streams;

/** The repositories of one store: on its own connections, or inside a caller's transaction. */
public interface Repositories {

  /**
   * The journal, with the events of a sealed hierarchy; see {@link EventTypes#ofSealed}.
   *
   * @throws InvalidInputException if the hierarchy's classes can't be listed, and as {@link
   *     #journal(EventTypes, Codecs)}
   */
  default <E> Journal<E> journal(Class<E> sealedType) {
    return journal(EventTypes.ofSealed(sealedType));
  }

  /**
   * The journal, with events of these classes, written as JSON.
   *
   * @throws InvalidInputException as {@link #journal(EventTypes, Codecs)}
   */
  default <E> Journal<E> journal(EventTypes<E> types) {
    return journal(types, Codecs.json());
  }

  /**
   * The journal, with events of these classes, written by a codec.
   *
   * <p>This journal can read back every event that it acknowledges. This call checks that for each
   * class as far as its declaration shows it. The rest is checked when the first event of a class
   * is written, or each event of a class in which anything can be, such as an {@code Object}: it is
   * read back before it is stored. See {@link Codecs}.
   *
   * @throws InvalidInputException if the upcasters don't fit together, or if events of a class
   *     could be written as JSON or CBOR and never be read: the message names the property and what
   *     to do
   */
  <E> Journal<E> journal(EventTypes<E> types, Codecs codecs);

  /** The journal without decoding. */
  Journal<EncodedEvent> rawJournal();

  /**
   * The snapshots of states of a class, kept as {@link SnapshotOptions#defaults()} says.
   *
   * @throws InvalidInputException as {@link #snapshots(Class, SnapshotOptions)}
   */
  default <S> SnapshotStore<S> snapshots(Class<S> type) {
    return snapshots(type, SnapshotOptions.defaults());
  }

  /**
   * The snapshots of states of a class, or of the classes of a sealed type.
   *
   * @throws InvalidInputException if states could be written and never be read: the message names
   *     the property and what to do; or if two classes of a sealed type have one name
   */
  <S> SnapshotStore<S> snapshots(Class<S> type, SnapshotOptions options);

  /** The documents. */
  DocumentStore documents();

  /** The checkpoints. */
  CheckpointStore checkpoints();

  /** The life of the journal's streams. */
  Streams streams();
}
