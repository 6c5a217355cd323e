package dev.daybook.document.internal;

import static dev.daybook.internal.dialect.ManyRows.arrayOf;
import static dev.daybook.internal.jooq.Tables.DOC_META;
import static dev.daybook.internal.jooq.Tables.DOC_RECORDS;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.dialect.ManyRows;
import dev.daybook.internal.jooq.tables.DocMeta;
import dev.daybook.internal.jooq.tables.DocRecords;
import dev.daybook.internal.statements.Script;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.Record1;
import org.jooq.Select;

/**
 * Entries of many documents, written together: those whose document exists. They wait only briefly
 * for locks of others. The documents' rows are locked first, so that the statements after that see
 * what the others have written.
 */
final class ManyEntries {

  static final Param<String[]> DOC_IDS = arrayOf(DOC_META.DOC_ID);
  static final Param<String[]> ENTRY_DOC_IDS = arrayOf(DOC_RECORDS.DOC_ID);
  static final Param<String[]> PAYLOADS = arrayOf(DOC_RECORDS.PAYLOAD);
  static final Param<byte[][]> BLOBS = arrayOf(DOC_RECORDS.BLOB);
  static final Param<Long[]> CHECKSUMS = arrayOf(DOC_RECORDS.CONTENT_CHECKSUM);

  private static final DocMeta WANTED = DOC_META.as("n");
  private static final DocRecords NEW = DOC_RECORDS.as("n");
  private static final DocMeta FOUND = DOC_META.as("f");

  final Script settings;
  final Script lockAll;
  final Script insert;
  final Script append;

  ManyEntries(DSLContext dsl, ManyRows manyRows) {
    this.settings = Script.of(dsl, () -> dsl.select(manyRows.settings()));
    this.lockAll = Script.of(dsl, () -> documents(dsl, manyRows));
    this.insert = Script.of(dsl, () -> insert(dsl, manyRows));
    this.append = Script.inOrder(dsl, settings, lockAll, insert);
  }

  /** Always in the same order, so that no two transactions wait for each other. */
  private static Select<Record1<String>> documents(DSLContext dsl, ManyRows manyRows) {
    Name docId = DOC_META.DOC_ID.getUnqualifiedName();
    return Dialect.of(dsl)
        .claim(
            dsl.select(DOC_META.DOC_ID)
                .from(DOC_META)
                .where(
                    DOC_META.DOC_ID.in(
                        select(WANTED.DOC_ID)
                            .from(
                                manyRows.rows(WANTED.getName(), List.of(docId), List.of(DOC_IDS)))))
                .orderBy(DOC_META.DOC_ID));
  }

  /** Those of one document are numbered in the order in which they were given. */
  private static Query insert(DSLContext dsl, ManyRows manyRows) {
    Field<String> docId = FOUND.DOC_ID;
    Field<Long> ordinal = field(NEW.getUnqualifiedName().append(ManyRows.ORDINAL), Long.class);
    Field<Long> seq =
        DocumentStatements.highestSeq(docId)
            .plus(rowNumber().over().partitionBy(docId).orderBy(ordinal));
    return dsl.insertInto(DOC_RECORDS, DocumentStatements.INSERTED)
        .select(
            dsl.select(
                    docId,
                    seq,
                    inline(DocumentRows.ENTRY),
                    NEW.PAYLOAD,
                    NEW.BLOB,
                    NEW.CONTENT_CHECKSUM.minus(seq))
                .from(
                    manyRows.rows(
                        NEW.getName(),
                        List.of(
                            DOC_RECORDS.DOC_ID.getUnqualifiedName(),
                            DOC_RECORDS.PAYLOAD.getUnqualifiedName(),
                            DOC_RECORDS.BLOB.getUnqualifiedName(),
                            DOC_RECORDS.CONTENT_CHECKSUM.getUnqualifiedName()),
                        List.of(ENTRY_DOC_IDS, PAYLOADS, BLOBS, CHECKSUMS)))
                .join(documents(dsl, manyRows).asTable(FOUND.getUnqualifiedName()))
                .on(docId.eq(NEW.DOC_ID)))
        .returning(DOC_RECORDS.DOC_ID);
  }
}
