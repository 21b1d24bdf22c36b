package dev.myna.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tokenizers run on a runtime of {@code java.base} and what the JSON reader asks for ({@code
 * java.xml}), with nothing beside them but that reader, and load no native library of their own.
 */
@Tag("slow")
class AloneTest {
  @TempDir Path folder;

  @Test
  void aRuntimeWithoutAnythingElseIsEnough() throws IOException, InterruptedException {
    Path runtime = folder.resolve("runtime");
    String home = System.getProperty("java.home");
    assertThat(
            run(
                Path.of(home, "bin", "jlink").toString(),
                "--add-modules",
                "java.base,java.xml",
                "--output",
                runtime.toString()))
        .isEmpty();
    String java = runtime.resolve("bin").resolve("java").toString();
    assertThat(run(java, "--list-modules"))
        .allMatch(module -> module.startsWith("java.base@") || module.startsWith("java.xml@"));

    List<String> lines =
        run(
            java,
            "--illegal-native-access=deny",
            "-cp",
            classPath(),
            Alone.class.getName(),
            folder.resolve("tokenizer").toString());

    assertThat(lines).last().isEqualTo("done");
    assertThat(lines.subList(0, lines.size() - 1))
        .allMatch(
            library ->
                library.startsWith(runtime.toString())
                    || library.startsWith("/lib/")
                    || library.startsWith("/usr/lib"));
  }

  /** The project's own classes and the JSON reader. */
  private static String classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return String.join(
        File.pathSeparator,
        Stream.of(all.split(File.pathSeparator))
            .filter(
                path ->
                    path.contains("jackson")
                        || path.endsWith("test-classes")
                        || path.endsWith("classes"))
            .toList());
  }

  private static List<String> run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines;
    try (var reader = process.inputReader()) {
      lines = reader.lines().toList();
    }
    assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
    return lines;
  }
}
