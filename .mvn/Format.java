import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs google-java-format over every source of the project in one process of the JDK that runs this
 * file. Arguments: {@code check|write}, the formatter's jar, the project's root.
 */
public class Format {
  public static void main(String[] args) throws IOException, InterruptedException {
    boolean write = args[0].equals("write");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String part : List.of("api", "code", "file", "parser", "tree", "util")) {
      command.add("--add-exports=jdk.compiler/com.sun.tools.javac." + part + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-jar", args[1]));
    command.addAll(write ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    int fixed = command.size();
    try (Stream<Path> files = Files.walk(Path.of(args[2]))) {
      files
          .filter(f -> f.toString().endsWith(".java"))
          .filter(f -> !f.toString().contains("/target/"))
          .sorted()
          .forEach(f -> command.add(f.toString()));
    }
    if (command.size() == fixed) {
      return;
    }
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      System.err.println(
          "Unformatted sources are listed above; format them with: mvn -N process-sources"
              + " -Dformat=write");
      System.exit(code);
    }
  }
}
