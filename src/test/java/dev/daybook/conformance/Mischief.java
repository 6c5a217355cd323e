package dev.daybook.conformance;

/** What code that is called back may do, other than its work. */
enum Mischief {
  THROWS_UNCHECKED {
    @Override
    void happen() {
      throw new IllegalStateException("mischief");
    }
  },
  /** As Kotlin does, and Lombok's SneakyThrows. */
  THROWS_CHECKED_UNDECLARED {
    @Override
    void happen() {
      Mischief.<RuntimeException>sneak(new java.util.concurrent.TimeoutException("mischief"));
    }
  },
  THROWS_AN_ERROR {
    @Override
    void happen() {
      throw new AssertionError("mischief");
    }
  },
  LACKS_A_CLASS {
    @Override
    void happen() {
      throw new NoClassDefFoundError("mischief");
    }
  },
  OVERFLOWS_THE_STACK {
    @Override
    void happen() {
      throw new StackOverflowError();
    }
  },
  THROWS_WHAT_CAN_NOT_BE_SHOWN {
    @Override
    void happen() {
      throw new UnshowableException();
    }
  };

  /** Does it. */
  abstract void happen();

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> void sneak(Throwable thrown) throws X {
    throw (X) thrown;
  }

  /** Fails whenever it is asked for anything. */
  private static final class UnshowableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("no text");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new IllegalStateException("no cause");
    }
  }
}
