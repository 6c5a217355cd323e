package dev.daybook.document;

import dev.daybook.error.DaybookException;

/**
 * A record does not fit the document: an entry before any meta, a meta of another replica type or
 * sync mode, or a replacement without a meta. Nothing was written.
 */
public final class DocumentException extends DaybookException {

  private static final long serialVersionUID = 1L;

  private final String docId;

  public DocumentException(String docId, String problem) {
    super("document \"%s\": %s".formatted(docId, problem));
    this.docId = docId;
  }

  public String docId() {
    return docId;
  }
}
