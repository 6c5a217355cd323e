package dev.daybook.benchmark;

/**
 * Whose round it is. As many rounds in a row as there are sides are compared; their order changes
 * from one such set to the next, so that no side always finds what the same other has left behind.
 */
public enum Turn {
  OURS,
  REFERENCE,
  FREE;

  /**
   * Whose turn it is.
   *
   * @param round its number, from 0
   * @param sides how many take part, from the first
   */
  static Turn of(int round, int sides) {
    int place = round % sides;
    return values()[round / sides % 2 == 0 ? place : sides - 1 - place];
  }
}
