package dev.daybook.benchmark;

/**
 * Whose round it is. Two rounds in a row are a pair; who begins changes from pair to pair, so that
 * neither side always finds what the other has left behind.
 */
public enum Turn {
  OURS,
  REFERENCE;

  /** Whose turn the round of this number is, from 0. */
  static Turn of(int round) {
    return round % 4 == 0 || round % 4 == 3 ? OURS : REFERENCE;
  }
}
