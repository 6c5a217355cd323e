package dev.daybook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.daybook.Repositories;
import dev.daybook.checkpoint.Checkpoint;
import dev.daybook.checkpoint.CheckpointRewindException;
import dev.daybook.document.DocumentException;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.Meta;
import dev.daybook.snapshot.Snapshot;
import dev.daybook.snapshot.SnapshotInfo;
import dev.daybook.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is done to snapshots, documents and checkpoints. */
final class StoreOperations {

  private static final int SNAPSHOTS_KEPT = 3;

  private StoreOperations() {}

  /**
   * {@link SnapshotStore#save}; nothing where there is no such event.
   *
   * @param behind how far the snapshot is behind the end of its stream
   */
  record SaveSnapshot(String stream, long behind, String state) implements Operation {

    @Override
    public void run(Model model, Repositories store) {
      long seq = model.stream(stream).lastSeq - behind;
      if (seq > 0) {
        save(model, store, seq);
      }
    }

    private void save(Model model, Repositories store, long seq) {
      Snapshot<String> saved = store.snapshots(String.class).save(stream, seq, state);
      assertThat(saved.seq()).isEqualTo(seq);
      NavigableMap<Long, String> states = model.statesOf(stream);
      states.put(seq, state);
      while (states.size() > SNAPSHOTS_KEPT) {
        states.pollFirstEntry();
      }
    }
  }

  /** The snapshots of a stream: the latest, that before a number, and all of them. */
  record LoadSnapshots(String stream, long before) implements Operation {

    @Override
    public void run(Model model, Repositories store) {
      SnapshotStore<String> snapshots = store.snapshots(String.class);
      NavigableMap<Long, String> states = model.snapshots.getOrDefault(stream, new TreeMap<>());
      assertThat(snapshots.loadLatest(stream).map(Snapshot::state))
          .isEqualTo(Optional.ofNullable(states.lastEntry()).map(Map.Entry::getValue));
      assertThat(snapshots.loadBefore(stream, before).map(Snapshot::state))
          .isEqualTo(Optional.ofNullable(states.lowerEntry(before)).map(Map.Entry::getValue));
      try (Stream<SnapshotInfo> list = snapshots.list(stream)) {
        assertThat(list.map(SnapshotInfo::seq))
            .containsExactlyElementsOf(states.descendingKeySet());
      }
    }
  }

  /** Deletes snapshots; all of the stream's without a number. */
  record DeleteSnapshots(String stream, @Nullable Long toSeq) implements Operation {

    @Override
    public void run(Model model, Repositories store) {
      SnapshotStore<String> snapshots = store.snapshots(String.class);
      NavigableMap<Long, String> states = model.statesOf(stream);
      NavigableMap<Long, String> gone =
          states.headMap(toSeq == null ? Long.MAX_VALUE : toSeq, true);
      assertThat(toSeq == null ? snapshots.invalidate(stream) : snapshots.delete(stream, toSeq))
          .isEqualTo(gone.size());
      gone.clear();
    }
  }

  /** Appends records to a document, or replaces it by them. */
  record WriteDocument(String id, List<DocumentRecord> records, boolean replace)
      implements Operation {

    @Override
    public void run(Model model, Repositories store) {
      Answer<Boolean> expected = Answer.ofModel(() -> write(model));
      assertThat(
              Answer.ofStore(
                  () -> {
                    if (replace) {
                      store.documents().replace(id, records);
                    } else {
                      store.documents().append(id, records);
                    }
                    return true;
                  }))
          .isEqualTo(expected);
    }

    private boolean write(Model model) {
      List<DocumentRecord> before = model.documents.getOrDefault(id, List.of());
      Meta current = metaOf(before);
      if (replace && !(records.get(0) instanceof Meta)) {
        throw new Answer.Refusal(DocumentException.class);
      }
      for (DocumentRecord record : records) {
        if (record instanceof Meta meta) {
          if (current != null && !current.isCompatibleWith(meta)) {
            throw new Answer.Refusal(DocumentException.class);
          }
          current = meta;
        } else if (current == null) {
          throw new Answer.Refusal(DocumentException.class);
        }
      }
      if (!records.isEmpty()) {
        List<DocumentRecord> after = new ArrayList<>(replace ? List.of() : before);
        after.addAll(records);
        model.documents.put(id, after);
      }
      return true;
    }
  }

  /** A document's records and its meta. */
  record LoadDocument(String id) implements Operation {

    @Override
    public void run(Model model, Repositories store) {
      List<DocumentRecord> records = model.documents.getOrDefault(id, List.of());
      try (Stream<DocumentRecord> loaded = store.documents().loadAll(id)) {
        assertThat(loaded).isEqualTo(records);
      }
      assertThat(store.documents().currentMeta(id)).isEqualTo(Optional.ofNullable(metaOf(records)));
    }
  }

  /** Removes a document. */
  record DeleteDocument(String id) implements Operation {

    @Override
    public void run(Model model, Repositories store) {
      assertThat(store.documents().delete(id)).isEqualTo(model.documents.remove(id) != null);
    }
  }

  /** A page of document ids. */
  record ListDocuments(String prefix, String after, int limit) implements Operation {

    @Override
    public void run(Model model, Repositories store) {
      assertThat(store.documents().listDocIds(prefix, after, limit))
          .isEqualTo(Model.page(model.documents, prefix, after, limit));
    }
  }

  /**
   * Saves or resets a checkpoint.
   *
   * @param events how many events of the journal have been processed
   */
  record SaveCheckpoint(String consumer, int events, boolean reset) implements Operation {

    @Override
    public void run(Model model, Repositories store) {
      long position = model.positionOf(events);
      Answer<Boolean> expected =
          Answer.ofModel(
              () -> {
                if (!reset && model.checkpoints.getOrDefault(consumer, 0L) > position) {
                  throw new Answer.Refusal(CheckpointRewindException.class);
                }
                model.checkpoints.put(consumer, position);
                return true;
              });
      assertThat(
              Answer.ofStore(
                  () -> {
                    if (reset) {
                      store.checkpoints().reset(consumer, position);
                    } else {
                      store.checkpoints().save(consumer, position);
                    }
                    return true;
                  }))
          .isEqualTo(expected);
    }
  }

  /** Forgets a consumer. */
  record DeleteCheckpoint(String consumer) implements Operation {

    @Override
    public void run(Model model, Repositories store) {
      assertThat(store.checkpoints().delete(consumer))
          .isEqualTo(model.checkpoints.remove(consumer) != null);
    }
  }

  /** All checkpoints. */
  record ListCheckpoints() implements Operation {

    @Override
    public void run(Model model, Repositories store) {
      assertThat(store.checkpoints().list())
          .extracting(Checkpoint::consumer, Checkpoint::position)
          .isEqualTo(
              model.checkpoints.entrySet().stream()
                  .map(entry -> tuple(entry.getKey(), entry.getValue()))
                  .toList());
    }
  }

  private static @Nullable Meta metaOf(List<DocumentRecord> records) {
    return records.stream()
        .filter(Meta.class::isInstance)
        .map(Meta.class::cast)
        .reduce((first, second) -> second)
        .orElse(null);
  }
}
