package dev.myna.cli;

/** Work that was stopped by Ctrl-C or SIGTERM and has put its things in order. */
final class Interrupted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Interrupted(String message) {
    super(message);
  }
}
