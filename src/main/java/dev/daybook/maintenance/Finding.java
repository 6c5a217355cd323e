package dev.daybook.maintenance;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A flaw of a database: something wrong or missing.
 *
 * @param kind what it is
 * @param id the stream, document or consumer that it is about, as {@link Kind#subject} says; {@code
 *     null} if it is about the file
 * @param seq the sequence number, or a checkpoint's position, that it is about; 0 for none
 * @param text what was found and what was expected
 */
public record Finding(Kind kind, @Nullable String id, long seq, String text)
    implements Serializable {

  /** How bad it is. */
  public enum Severity {
    /** History is damaged. A backup with such a finding is not restored. */
    ERROR,
    /** Nothing that was recorded is lost, and the finding may be intended. */
    WARNING
  }

  /** The subject of a finding. */
  public enum Subject {
    FILE,
    STREAM,
    DOCUMENT,
    CONSUMER
  }

  /** The kinds of findings. */
  public enum Kind {
    /** The pages of the file don't fit together. */
    PAGES(Severity.ERROR, Subject.FILE),
    /** A check stopped, because rows can't be read. */
    UNREADABLE(Severity.ERROR, Subject.FILE),
    /** A row has a value that its table can't have: NULL, or text where a number belongs. */
    ROW_UNREADABLE(Severity.ERROR, Subject.FILE),
    /** Foreign keys are broken; perhaps those of an application's own tables. */
    FOREIGN_KEY(Severity.WARNING, Subject.FILE),
    /** Positions that were given could be given again. */
    POSITIONS_REUSABLE(Severity.ERROR, Subject.FILE),
    /** Two events have the same position. */
    POSITION_TWICE(Severity.ERROR, Subject.STREAM),
    /** Events have no stream. */
    STREAM_MISSING(Severity.ERROR, Subject.STREAM),
    /**
     * A stream's marks contradict each other, its state is unknown, or what is stored about its
     * state is not what was written.
     */
    STREAM_ROW(Severity.ERROR, Subject.STREAM),
    /** Events are missing. */
    EVENT_MISSING(Severity.ERROR, Subject.STREAM),
    /** An event is there that was deleted. */
    EVENT_DELETED(Severity.ERROR, Subject.STREAM),
    /** An event is beyond the stream's high-water mark, so that its number could be given again. */
    EVENT_BEYOND_MARK(Severity.ERROR, Subject.STREAM),
    /** A later event of a stream has a lower position. */
    POSITION_ORDER(Severity.ERROR, Subject.STREAM),
    /** A tag of an event is not in the index of tags. */
    TAG_MISSING(Severity.ERROR, Subject.STREAM),
    /** The index has a tag that the event has not, or whose event is not there. */
    TAG_UNEXPECTED(Severity.ERROR, Subject.STREAM),
    /** A tag has another position than its event. */
    TAG_POSITION(Severity.ERROR, Subject.STREAM),
    /** An event's tags are not a JSON array of strings. */
    TAGS_UNREADABLE(Severity.ERROR, Subject.STREAM),
    /** An event's metadata is not a JSON object of strings. */
    METADATA_UNREADABLE(Severity.ERROR, Subject.STREAM),
    /** An event's row has a value that no event can have. */
    EVENT_UNREADABLE(Severity.ERROR, Subject.STREAM),
    /** An event can be read, but was changed: its checksum differs. */
    EVENT_CHANGED(Severity.ERROR, Subject.STREAM),
    /** A payload can't be decompressed, parsed or decoded. */
    PAYLOAD_UNREADABLE(Severity.ERROR, Subject.STREAM),
    /** A snapshot is of an event that was not recorded yet, or of a stream that is not there. */
    SNAPSHOT_AHEAD(Severity.WARNING, Subject.STREAM),
    /** A snapshot can't be decompressed or parsed. */
    SNAPSHOT_UNREADABLE(Severity.WARNING, Subject.STREAM),
    /** A snapshot can be read, but was changed: its checksum differs. */
    SNAPSHOT_CHANGED(Severity.WARNING, Subject.STREAM),
    /** A checkpoint is at a position that no event had yet. */
    CHECKPOINT_AHEAD(Severity.WARNING, Subject.CONSUMER),
    /**
     * A document has records and no meta, or a meta and no records, or they differ, or the meta is
     * not what was written.
     */
    DOCUMENT_META(Severity.ERROR, Subject.DOCUMENT),
    /** Records of a document are missing. */
    RECORD_MISSING(Severity.ERROR, Subject.DOCUMENT),
    /** A record of a document can't be read. */
    RECORD_UNREADABLE(Severity.ERROR, Subject.DOCUMENT),
    /** A record of a document can be read, but was changed: its checksum differs. */
    RECORD_CHANGED(Severity.ERROR, Subject.DOCUMENT),
    /** The event of a dead letter is not in the journal, and was neither deleted nor moved. */
    DEAD_LETTER_LOST(Severity.WARNING, Subject.CONSUMER);

    private final Severity severity;
    private final Subject subject;

    Kind(Severity severity, Subject subject) {
      this.severity = severity;
      this.subject = subject;
    }

    public Severity severity() {
      return severity;
    }

    public Subject subject() {
      return subject;
    }
  }

  public Finding {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(text, "text");
  }
}
