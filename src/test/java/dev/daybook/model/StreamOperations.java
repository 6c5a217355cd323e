package dev.daybook.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Repositories;
import dev.daybook.journal.StreamDeletedException;
import dev.daybook.journal.StreamState;
import dev.daybook.journal.StreamTombstonedException;
import dev.daybook.stream.StreamStatus;
import dev.daybook.stream.Streams;
import dev.daybook.stream.UnknownStreamException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What becomes of streams. */
final class StreamOperations {

  private StreamOperations() {}

  /** {@link Streams#archive}. */
  record Archive(String stream) implements Operation {

    @Override
    public void run(Model model, Repositories store) {
      change(
          model,
          store,
          stream,
          streams -> streams.archive(stream),
          known -> {
            known.requireReadable();
            known.state = StreamState.ARCHIVED;
          });
    }
  }

  /** {@link Streams#restore}. */
  record Restore(String stream) implements Operation {

    @Override
    public void run(Model model, Repositories store) {
      change(
          model,
          store,
          stream,
          streams -> streams.restore(stream),
          known -> {
            if (known.state == StreamState.DELETED) {
              throw new Answer.Refusal(StreamDeletedException.class);
            }
            known.state = StreamState.ACTIVE;
            known.reason = null;
          });
    }
  }

  /** {@link Streams#tombstone}. */
  record Tombstone(String stream, @Nullable String reason) implements Operation {

    @Override
    public void run(Model model, Repositories store) {
      change(
          model,
          store,
          stream,
          streams -> {
            if (reason == null) {
              streams.tombstone(stream);
            } else {
              streams.tombstone(stream, reason);
            }
          },
          known -> {
            if (known.state == StreamState.DELETED) {
              throw new Answer.Refusal(StreamDeletedException.class);
            }
            if (known.state == StreamState.TOMBSTONED && !Objects.equals(reason, known.reason)) {
              throw new Answer.Refusal(StreamTombstonedException.class);
            }
            known.state = StreamState.TOMBSTONED;
            known.reason = reason;
          });
    }
  }

  /** {@link Streams#delete}. */
  record DeleteForGood(String stream) implements Operation {

    @Override
    public void run(Model model, Repositories store) {
      Answer<Long> expected =
          Answer.ofModel(
              () -> {
                ModelStream known = model.stream(stream);
                if (known.state == StreamState.UNKNOWN || known.state == StreamState.DELETED) {
                  throw new Answer.Refusal(UnknownStreamException.class);
                }
                known.state = StreamState.DELETED;
                known.reason = null;
                model.snapshots.remove(stream);
                return known.delete(known.lastSeq);
              });
      assertThat(Answer.ofStore(() -> store.streams().delete(stream))).isEqualTo(expected);
    }
  }

  /** {@link Streams#status}. */
  record Look(String stream) implements Operation {

    @Override
    public void run(Model model, Repositories store) {
      ModelStream known = model.stream(stream);
      StreamStatus status = store.streams().status(stream);
      assertThat(status.state()).isEqualTo(known.state);
      assertThat(status.lastSeq()).isEqualTo(known.lastSeq);
      assertThat(status.deletedTo()).isEqualTo(known.deletedTo);
      assertThat(status.reason()).isEqualTo(Optional.ofNullable(known.reason));
      assertThat(status.moved()).isFalse();
    }
  }

  private static void change(
      Model model,
      Repositories store,
      String stream,
      Consumer<Streams> call,
      Consumer<ModelStream> expected) {
    Answer<Boolean> answer =
        Answer.ofModel(
            () -> {
              ModelStream known = model.stream(stream);
              if (known.state == StreamState.UNKNOWN) {
                throw new Answer.Refusal(UnknownStreamException.class);
              }
              expected.accept(known);
              return true;
            });
    assertThat(
            Answer.ofStore(
                () -> {
                  call.accept(store.streams());
                  return true;
                }))
        .isEqualTo(answer);
  }
}
