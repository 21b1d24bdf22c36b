package dev.myna.cli;

import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import sun.misc.Signal;

/**
 * Ctrl-C and SIGTERM: the first asks the work to save and end, the second ends the process at once.
 *
 * <p>Work hears of it as an interrupt of its thread, or, within {@link #gently}, by asking {@link
 * #requested}: an interrupt would close the files that it is writing.
 */
final class Interrupts {
  /** A process that a signal ended is known by 128 and the signal's number. */
  private static final int SIGNALLED = 128;

  private static final AtomicInteger SIGNAL = new AtomicInteger();
  private static volatile boolean gentle;

  private Interrupts() {}

  static void watch(Thread worker, Output output) {
    for (String name : new String[] {"INT", "TERM"}) {
      var unused = Signal.handle(new Signal(name), s -> stop(s.getNumber(), worker, output));
    }
  }

  /** Whether somebody wants the work to end. */
  static boolean requested() {
    return SIGNAL.get() != 0;
  }

  /** Does work that asks {@link #requested} itself and is not to be interrupted. */
  static <T> T gently(Supplier<T> work) {
    gentle = true;
    try {
      return work.get();
    } finally {
      gentle = false;
    }
  }

  /** The exit code that the signal asks for, if there was one. */
  static OptionalInt code() {
    int number = SIGNAL.get();
    return number == 0 ? OptionalInt.empty() : OptionalInt.of(SIGNALLED + number);
  }

  private static void stop(int number, Thread worker, Output output) {
    if (!SIGNAL.compareAndSet(0, number)) {
      Runtime.getRuntime().halt(SIGNALLED + number);
    }
    if (!gentle) {
      worker.interrupt();
    }
    output.note("stopping; once more stops at once");
  }
}
