package dev.daybook.internal.transactions;

/** What a transaction says about the writes in it. */
interface WriteGuard {

  /** Of a transaction that may always write. */
  WriteGuard NONE =
      new WriteGuard() {
        @Override
        public void requireWritable() {}

        @Override
        public void writes() {}
      };

  /**
   * Makes sure that it may write, before it waits for anything.
   *
   * @throws RuntimeException if it may not
   */
  void requireWritable();

  /** Says that it has the right to write, which it may not share, until its end. */
  void writes();
}
