package dev.daybook.internal.deadlines;

/** What has a deadline for each of its calls, and so for one that makes several of them. */
public interface Bounded {

  /** The deadline of a call that begins now. */
  Deadline deadline();

  /** The deadline of a call on a repository that begins now; none if its calls have none. */
  static Deadline of(Object repository) {
    return repository instanceof Bounded bounded ? bounded.deadline() : Deadline.current();
  }
}
