/**
 * The document store's implementation. Begin with {@link JooqDocumentStore}. {@link
 * DocumentAppendWriter} writes entries, of several callers in one transaction; {@link DocumentRows}
 * and {@link DocumentStatements} know the tables.
 */
@NullMarked
package dev.daybook.document.internal;

import org.jspecify.annotations.NullMarked;
