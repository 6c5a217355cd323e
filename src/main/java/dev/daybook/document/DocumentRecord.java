package dev.daybook.document;

/** One record of a document: its description, or a piece of its content. */
public sealed interface DocumentRecord permits Meta, Entry {}
