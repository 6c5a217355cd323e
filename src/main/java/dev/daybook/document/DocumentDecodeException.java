package dev.daybook.document;

import dev.daybook.error.DaybookException;

/**
 * A stored record can't be read: something other than this library has changed it. The document can
 * still be {@linkplain DocumentStore#delete deleted}.
 */
public final class DocumentDecodeException extends DaybookException {

  private static final long serialVersionUID = 1L;

  private final String docId;

  public DocumentDecodeException(String docId, Throwable cause) {
    super(
        "document \"%s\": a stored record can't be read: %s".formatted(docId, cause.getMessage()),
        cause);
    this.docId = docId;
  }

  public String docId() {
    return docId;
  }
}
