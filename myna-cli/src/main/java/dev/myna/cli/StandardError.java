package dev.myna.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;

/**
 * Standard error as the launcher hands it over. The JVM warns of incubating modules on each start
 * and cannot be asked not to; so the launcher lets it write to nowhere and keeps the real standard
 * error under another descriptor, named by the property {@code myna.stderr}.
 */
final class StandardError {
  private static final int STANDARD = 2;

  private final int kept;

  private StandardError(int kept) {
    this.kept = kept;
  }

  static StandardError ofThisProcess() {
    return new StandardError(Integer.getInteger("myna.stderr", STANDARD));
  }

  /** Where errors go, in UTF-8; the JVM's own {@link System#err} goes there too from now on. */
  PrintStream stream() {
    PrintStream stream =
        new PrintStream(
            new FileOutputStream(kept == STANDARD ? FileDescriptor.err : descriptor(kept)),
            false,
            StandardCharsets.UTF_8);
    System.setErr(stream);
    return stream;
  }

  /**
   * Gives native libraries their standard error back. On a thread beside the work: the first call
   * into C takes a tenth of a second.
   */
  void restore() {
    if (kept != STANDARD) {
      Thread.ofPlatform().daemon().name("standard error").start(this::duplicate);
    }
  }

  private void duplicate() {
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle dup2 =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("dup2"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
      int unused = (int) dup2.invokeExact(kept, STANDARD);
    } catch (Throwable e) {
      // Libraries stay silent; Myna's own messages have their way out.
      OutputStream none = OutputStream.nullOutputStream();
      new PrintStream(none, false, StandardCharsets.UTF_8).println(e);
    }
  }

  private static FileDescriptor descriptor(int number) {
    try {
      FileDescriptor descriptor = new FileDescriptor();
      Field field = FileDescriptor.class.getDeclaredField("fd");
      field.setAccessible(true);
      field.setInt(descriptor, number);
      return descriptor;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return FileDescriptor.err;
    }
  }
}
