package dev.daybook.document.internal;

import static dev.daybook.internal.jooq.Tables.DOC_META;
import static dev.daybook.internal.jooq.Tables.DOC_RECORDS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.rows.PrefixScan;
import dev.daybook.internal.statements.Script;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.SelectConditionStep;

/** The document store's statements, rendered once for a store. */
final class DocumentStatements {

  static final Param<String> DOC_ID = param(DOC_RECORDS.DOC_ID);
  static final Param<Long> SEQ = param(DOC_RECORDS.SEQ);
  static final Param<String> KIND = param(DOC_RECORDS.KIND);
  static final Param<String> PAYLOAD = param(DOC_RECORDS.PAYLOAD);
  static final Param<byte[]> BLOB = param(DOC_RECORDS.BLOB);
  static final Param<Long> CHECKSUM = param(DOC_RECORDS.CONTENT_CHECKSUM);
  static final Param<String> META = param(DOC_META.DATA);
  static final Param<Long> META_CHECKSUM = param(DOC_META.CONTENT_CHECKSUM);

  /** What a new record has, in the order in which it is given. */
  static final List<Field<?>> INSERTED =
      List.of(
          DOC_RECORDS.DOC_ID,
          DOC_RECORDS.SEQ,
          DOC_RECORDS.KIND,
          DOC_RECORDS.PAYLOAD,
          DOC_RECORDS.BLOB,
          DOC_RECORDS.CONTENT_CHECKSUM);

  final Script meta;
  final Script claimMeta;
  final Script highestSeq;
  final Script records;
  final Script insertRecord;
  final Script lock;
  final Script insertEntry;
  final Script appendEntry;
  final Script insertMeta;
  final Script updateMeta;
  final Script deleteRecords;
  final Script deleteMeta;
  final PrefixScan ids;

  DocumentStatements(DSLContext dsl) {
    this(dsl, false);
  }

  /**
   * @param verifies whether each record that is read is verified by its checksum
   */
  DocumentStatements(DSLContext dsl, boolean verifies) {
    this.meta = Script.of(dsl, () -> meta(dsl));
    this.claimMeta = Script.of(dsl, () -> Dialect.of(dsl).claim(meta(dsl)));
    this.highestSeq = Script.of(dsl, () -> highestSeq(dsl));
    this.records = Script.of(dsl, () -> records(dsl, verifies));
    this.insertRecord = Script.of(dsl, () -> insertRecord(dsl));
    this.lock = Script.of(dsl, () -> lock(dsl));
    this.insertEntry = Script.of(dsl, () -> insertEntry(dsl));
    this.appendEntry =
        Dialect.of(dsl).hasOneWriter() ? insertEntry : Script.inOrder(dsl, lock, insertEntry);
    this.insertMeta = Script.of(dsl, () -> insertMeta(dsl));
    this.updateMeta = Script.of(dsl, () -> updateMeta(dsl));
    this.deleteRecords = Script.of(dsl, () -> deleteRecords(dsl));
    this.deleteMeta = Script.of(dsl, () -> deleteMeta(dsl));
    this.ids = new PrefixScan(dsl, DOC_META.DOC_ID);
  }

  private static SelectConditionStep<?> meta(DSLContext dsl) {
    return dsl.select(DOC_META.DATA)
        .from(DOC_META)
        .where(DOC_META.DOC_ID.eq(DOC_ID))
        .and(Dialect.of(dsl).onPrimary());
  }

  /** So that the statements after it see what the transactions that it waited for have written. */
  private static Query lock(DSLContext dsl) {
    return Dialect.of(dsl)
        .claim(dsl.select(inline(1)).from(DOC_META).where(DOC_META.DOC_ID.eq(DOC_ID)));
  }

  private static Query highestSeq(DSLContext dsl) {
    return dsl.select(max(DOC_RECORDS.SEQ))
        .from(DOC_RECORDS)
        .where(DOC_RECORDS.DOC_ID.eq(DOC_ID))
        .and(Dialect.of(dsl).onPrimary());
  }

  private static Query records(DSLContext dsl, boolean verifies) {
    return Dialect.of(dsl)
        .rowOrder()
        .all(
            dsl.select(verifies ? DocumentRows.CHECKED_COLUMNS : DocumentRows.COLUMNS)
                .from(DOC_RECORDS)
                .where(DOC_RECORDS.DOC_ID.eq(DOC_ID))
                .and(Dialect.of(dsl).onPrimary())
                .orderBy(DOC_RECORDS.SEQ));
  }

  private static Query insertRecord(DSLContext dsl) {
    return dsl.insertInto(DOC_RECORDS, INSERTED).values(DOC_ID, SEQ, KIND, PAYLOAD, BLOB, CHECKSUM);
  }

  /** After all records that the document has; none if the document does not exist. */
  private static Query insertEntry(DSLContext dsl) {
    Field<Long> seq = highestSeq(DOC_META.DOC_ID).plus(inline(1L));
    return dsl.insertInto(DOC_RECORDS, INSERTED)
        .select(
            Dialect.of(dsl)
                .claim(
                    dsl.select(
                            DOC_META.DOC_ID,
                            seq,
                            inline(DocumentRows.ENTRY),
                            PAYLOAD,
                            BLOB,
                            CHECKSUM.minus(seq))
                        .from(DOC_META)
                        .where(DOC_META.DOC_ID.eq(DOC_ID))));
  }

  /** The highest number that a record of a document has; 0 without one. */
  static Field<Long> highestSeq(Field<String> docId) {
    return coalesce(
        field(select(max(DOC_RECORDS.SEQ)).from(DOC_RECORDS).where(DOC_RECORDS.DOC_ID.eq(docId))),
        inline(0L));
  }

  /** Fails if another transaction has made the document meanwhile. */
  private static Query insertMeta(DSLContext dsl) {
    return dsl.insertInto(DOC_META, DOC_META.DOC_ID, DOC_META.DATA, DOC_META.CONTENT_CHECKSUM)
        .values(DOC_ID, META, META_CHECKSUM);
  }

  private static Query updateMeta(DSLContext dsl) {
    return dsl.update(DOC_META)
        .set(DOC_META.DATA, META)
        .set(DOC_META.CONTENT_CHECKSUM, META_CHECKSUM)
        .where(DOC_META.DOC_ID.eq(DOC_ID));
  }

  private static Query deleteRecords(DSLContext dsl) {
    return dsl.deleteFrom(DOC_RECORDS).where(DOC_RECORDS.DOC_ID.eq(DOC_ID));
  }

  private static Query deleteMeta(DSLContext dsl) {
    return dsl.deleteFrom(DOC_META).where(DOC_META.DOC_ID.eq(DOC_ID));
  }
}
