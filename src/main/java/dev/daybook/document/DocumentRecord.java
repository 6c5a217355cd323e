package dev.daybook.document;

/** One record of a document: what the document is, or a piece of its content. */
public sealed interface DocumentRecord permits Meta, Entry {}
