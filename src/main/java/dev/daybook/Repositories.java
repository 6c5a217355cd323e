package dev.daybook;

import dev.daybook.checkpoint.CheckpointStore;
import dev.daybook.document.DocumentStore;
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
   * @throws InvalidInputException if the hierarchy's classes can't be listed
   */
  default <E> Journal<E> journal(Class<E> sealedType) {
    return journal(EventTypes.ofSealed(sealedType));
  }

  /** The journal, with events of these classes. */
  <E> Journal<E> journal(EventTypes<E> types);

  /** The journal without decoding. */
  Journal<EncodedEvent> rawJournal();

  /** The snapshots of states of a class, kept as {@link SnapshotOptions#defaults()} says. */
  default <S> SnapshotStore<S> snapshots(Class<S> type) {
    return snapshots(type, SnapshotOptions.defaults());
  }

  /** The snapshots of states of a class. */
  <S> SnapshotStore<S> snapshots(Class<S> type, SnapshotOptions options);

  /** The documents. */
  DocumentStore documents();

  /** The checkpoints. */
  CheckpointStore checkpoints();

  /** The life of the journal's streams. */
  Streams streams();
}
