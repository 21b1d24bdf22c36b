package dev.myna.cli;

import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/**
 * Ctrl-C and SIGTERM: the first interrupts the thread that works, which saves and ends; the second
 * ends the process at once.
 */
final class Interrupts {
  /** A process that a signal ended is known by 128 and the signal's number. */
  private static final int SIGNALLED = 128;

  private final AtomicInteger code = new AtomicInteger();

  private Interrupts() {}

  static Interrupts watch(Thread worker, Output output) {
    Interrupts interrupts = new Interrupts();
    for (String name : new String[] {"INT", "TERM"}) {
      Signal signal = new Signal(name);
      var unused = Signal.handle(signal, s -> interrupts.stop(s, worker, output));
    }
    return interrupts;
  }

  /** The exit code that the signal asks for, if there was one. */
  OptionalInt code() {
    int number = code.get();
    return number == 0 ? OptionalInt.empty() : OptionalInt.of(SIGNALLED + number);
  }

  private void stop(Signal signal, Thread worker, Output output) {
    if (!code.compareAndSet(0, signal.getNumber())) {
      Runtime.getRuntime().halt(SIGNALLED + signal.getNumber());
    }
    worker.interrupt();
    output.note("stopping; once more stops at once");
  }
}
