package dev.daybook.spring.boot.test;

import org.springframework.stereotype.Service;

/** A part of the application that no test has, because it can't be made here. */
@Service
final class BoxOffice {
  BoxOffice() {
    throw new IllegalStateException("a test of listeners makes no other beans");
  }
}
